/** Publishes the simulated city to NATS: its history at once, then each message when it becomes known. */
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../clock.ts';
import { IncidentPublisher } from '../feeds/incident-publisher.ts';
import { ensureStreams } from '../feeds/streams.ts';
import { SimulatedCity, type SimulatedMessage } from './simulate-city.ts';

export interface PublishCityOptions {
  connection: NatsConnection;
  signal: AbortSignal;
  clock: Clock;
  seed: number;
  /** Incidents per second at an instant (epoch milliseconds). */
  ratePerSecond: (atMs: number) => number;
  /** A past that is published at once, at the same rate. */
  history?: {
    startMs: number;
    onPublished?: (count: number) => void;
  };
  /** Told why nothing can be published, where nothing can. */
  onWaiting?: (reason: string) => void;
}

const LONGEST_PAUSE_MS = 50;
/** After a longer stop (a machine asleep, NATS away) the city goes on from now, instead of making up for it. */
const LONGEST_LAG_MS = 60_000;
const encoder = new TextEncoder();

/** Goes on until the signal is aborted, and then rejects with its reason; else rejects with `PublishError`. */
export async function publishCity(options: PublishCityOptions): Promise<never> {
  const { connection, signal, clock, seed, ratePerSecond, history, onWaiting } = options;
  await ensureStreams(await jetstreamManager(connection));
  const city = new SimulatedCity(seed);
  let startMs = clock.now();
  const publisher = new IncidentPublisher({
    connection,
    signal,
    run: `${seed}-${startMs.toString(36)}`,
    ...(onWaiting !== undefined && { onWaiting }),
  });
  if (history !== undefined) {
    for (const message of city.messages({ startMs: history.startMs, endMs: startMs, ratePerSecond })) {
      await publish(publisher, message);
    }
    await publisher.drained();
    history.onPublished?.(publisher.published);
  }
  for (;;) {
    for (const message of city.messages({ startMs, ratePerSecond })) {
      for (let early = message.knownAtMs - clock.now(); early > 0; early = message.knownAtMs - clock.now()) {
        await pause(Math.min(early, LONGEST_PAUSE_MS), undefined, { signal });
      }
      await publish(publisher, message);
      if (clock.now() - message.knownAtMs > LONGEST_LAG_MS) break;
    }
    startMs = clock.now();
  }
}

async function publish(publisher: IncidentPublisher, { feed, incident }: SimulatedMessage): Promise<void> {
  publisher.publish(feed, encoder.encode(JSON.stringify(incident)));
  if (publisher.isFull) await publisher.room();
}
