/** Patrols from JetStream: batches of pings become minutes in cells, each message once, however often it is delivered. */
import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import { microBatches } from '../feeds/micro-batches.ts';
import { ensureStreams, PATROLS } from '../feeds/streams.ts';
import { retrying } from '../retry.ts';
import type { Database } from '../store/database.ts';
import { storePatrols, type PatrolMessage } from '../store/patrol-store.ts';
import { forceOfSubject, readPing } from './read-ping.ts';

const CONSUMER = 'patrol-minutes';
const ACK_WAIT_MS = 30_000;
const PREFETCH = 200;
const LIMITS = { maxCount: 500, maxWaitMs: 250 };

export interface CountPatrolsOptions {
  database: Database;
  connection: NatsConnection;
  clock: Clock;
  log: FastifyBaseLogger;
}

/** Runs until the signal is aborted; what is in hand is then finished. All ingest processes share the work. */
export async function countPatrols(
  { database, connection, clock, log }: CountPatrolsOptions,
  signal: AbortSignal,
  working: () => void,
): Promise<void> {
  working();
  for await (const messages of microBatches(patrolMessages(connection, signal), LIMITS)) {
    const read = messages.map((message) => toPatrolMessage(message, clock.now()));
    const store = (): Promise<void> => storePatrols(database, read);
    await (signal.aborted
      ? store()
      : retrying(store, {
          signal,
          onFailure: (error) => {
            log.warn({ err: error }, 'patrols wait; trying again');
          },
        }));
    for (const message of messages) message.ack();
    working();
  }
}

function toPatrolMessage(message: JsMsg, nowMs: number): PatrolMessage {
  const streamAtMs = Number(message.timestampNanos / 1_000_000n);
  const force = forceOfSubject(message.subject);
  const read = force === undefined ? { reason: 'the subject names no force' } : readPing(message.data, nowMs);
  return { force: force ?? 'unassigned', streamAtMs, streamSeq: message.seq, ...read };
}

async function* patrolMessages(connection: NatsConnection, signal: AbortSignal): AsyncGenerator<JsMsg> {
  const manager = await jetstreamManager(connection);
  await ensureStreams(manager);
  await manager.consumers.add(PATROLS, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: 5_000,
  });
  const consumer = await jetstream(connection).consumers.get(PATROLS, CONSUMER);
  const messages = await consumer.consume({ max_messages: PREFETCH, abort_on_missing_resource: true });
  const stop = (): void => {
    messages.stop();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    yield* messages;
  } finally {
    signal.removeEventListener('abort', stop);
    await messages.close();
  }
}
