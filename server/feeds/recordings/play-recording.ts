/** Plays recordings: publishes them in their own known-at order and drives the feed clock while it does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { formatInstant } from '../../../shared/time.ts';
import { retrying } from '../../retry.ts';
import { IncidentPublisher } from '../incident-publisher.ts';
import { ensureStreams, INCIDENTS } from '../streams.ts';
import { CLOCK_SUBJECT } from '../subjects.ts';
import { loadRecordings, type LoadOptions } from './load-recordings.ts';
import type { RecordedMessages } from './recorded-messages.ts';

export interface PlayOptions extends LoadOptions {
  connection: NatsConnection;
  signal: AbortSignal;
  /** Seconds of the recording in a real second; `Infinity` plays as fast as it goes. */
  speed: number;
  /** Where an earlier run stopped: what was known by then is published again at once, as duplicates. */
  resumeAtMs?: number;
  /** Told at every step of the clock. */
  onProgress?: (progress: PlayProgress) => void;
}

export interface PlayProgress {
  published: number;
  total: number;
  atMs: number;
  /** Why nothing moves, where nothing does. */
  waitingFor: string | undefined;
}

/** read = published + rejected. */
export interface PlayAccount {
  read: number;
  published: number;
  rejected: number;
  unmapped: number;
}

const STEP_MS = 200;
const STEP_MESSAGES = 2_000;
/** What may lie in the queue before the clock stands still: ingest must not fall behind the time it is told. */
const MAX_BACKLOG = 5_000;

/**
 * Resolves once JetStream has acknowledged every message. At each step the clock goes first, so that no
 * incident is ever ahead of it, and the next step waits for all acknowledgements of this one, so that the
 * clock never runs ahead of what was sent. Rejects with `RecordingError`, `PublishError`, or the signal's
 * reason once aborted.
 */
export async function playRecording(options: PlayOptions): Promise<PlayAccount> {
  const { connection, signal, onProgress } = options;
  const manager = await jetstreamManager(connection);
  await ensureStreams(manager);
  const { messages, ...account } = await loadRecordings(options);
  const progress: PlayProgress = { published: 0, total: messages.count, atMs: NaN, waitingFor: undefined };
  const tell = (change: Partial<PlayProgress>): void => onProgress?.(Object.assign(progress, change));
  const publisher = new IncidentPublisher({
    connection,
    signal,
    run: randomUUID().slice(0, 8),
    onWaiting: (waitingFor) => {
      tell({ waitingFor });
    },
  });
  const tellFailure = (error: unknown): void => {
    tell({ waitingFor: error instanceof Error ? error.message : String(error) });
  };
  for await (const step of steps(messages, options, signal)) {
    tellClock(connection, step.atMs, step.speed);
    for (let place = step.from; place < step.to; place++) {
      const { feed, payload } = messages.at(place);
      publisher.publish(feed, payload);
      if (publisher.isFull) await publisher.room();
    }
    await publisher.drained();
    tell({ published: publisher.published, atMs: step.atMs, waitingFor: undefined });
    while (await retrying(() => isBehind(manager), { signal, onFailure: tellFailure })) {
      tellClock(connection, step.atMs, 0);
      tell({ waitingFor: 'ingest' });
      await pause(STEP_MS, undefined, { signal });
    }
  }
  await connection.flush();
  return { ...account, published: publisher.published };
}

interface Step {
  atMs: number;
  /** What the clock is told; 0 where it only jumps. */
  speed: number;
  /** Places of the messages that became known by `atMs`, the last excluded. */
  from: number;
  to: number;
}

async function* steps(
  messages: RecordedMessages,
  { speed, resumeAtMs = -Infinity }: Pick<PlayOptions, 'speed' | 'resumeAtMs'>,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  let atMs = Math.max(messages.knownAtMs(0), resumeAtMs);
  let from = 0;
  let lastStep = performance.now();
  while (from < messages.count) {
    signal.throwIfAborted();
    let to = from;
    if (Number.isFinite(speed)) {
      while (messages.knownAtMs(to) <= atMs) to++;
    } else {
      to = Math.min(from + STEP_MESSAGES, messages.count);
      atMs = messages.knownAtMs(to - 1);
    }
    const isLast = to === messages.count;
    // After the last message the clock stands: nobody knows what came later.
    yield { atMs, speed: Number.isFinite(speed) && !isLast ? speed : 0, from, to };
    from = to;
    if (!Number.isFinite(speed) || isLast) continue;
    await pause(Math.max(0, lastStep + STEP_MS - performance.now()), undefined, { signal });
    // A step that took long is not made up for: then the recording plays slower, and never in one leap.
    atMs += Math.min(performance.now() - lastStep, 2 * STEP_MS) * speed;
    lastStep = performance.now();
  }
}

function tellClock(connection: NatsConnection, atMs: number, speed: number): void {
  connection.publish(CLOCK_SUBJECT, JSON.stringify({ at: formatInstant(atMs), speed }));
}

/** Whether somebody takes from the queue but has too much left. Where nobody does, nobody is waited for. */
async function isBehind(manager: JetStreamManager): Promise<boolean> {
  const { state } = await manager.streams.info(INCIDENTS);
  return state.consumer_count > 0 && state.messages > MAX_BACKLOG;
}
