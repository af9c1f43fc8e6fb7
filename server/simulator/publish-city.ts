/** Publishes the simulated city to NATS: its history at once, then each message and ping at its time. */
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { formatInstant } from '../../shared/time.ts';
import type { Clock } from '../clock.ts';
import { IncidentPublisher } from '../feeds/incident-publisher.ts';
import { ensureStreams } from '../feeds/streams.ts';
import { patrolsSubject } from '../feeds/subjects.ts';
import { inOrder } from './in-order.ts';
import { patrol, type SimulatedPing } from './patrols.ts';
import { Places } from './places.ts';
import { SimulatedCity, type CityOptions, type SimulatedMessage } from './simulate-city.ts';

export interface PublishCityOptions {
  connection: NatsConnection;
  signal: AbortSignal;
  clock: Clock;
  seed: number;
  /** Incidents per second at an instant (epoch milliseconds). */
  ratePerSecond: (atMs: number) => number;
  city?: CityOptions;
  /** Whether patrols drive and say where they are; only in the present, since their pings are kept for a day alone. */
  patrols?: boolean;
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
  const places = new Places(seed);
  const city = new SimulatedCity(seed, { places, ...options.city });
  let startMs = clock.now();
  const publisher = new IncidentPublisher({
    connection,
    signal,
    run: `${seed}-${startMs.toString(36)}`,
    ...(onWaiting !== undefined && { onWaiting }),
  });
  options.city?.onTruth?.({ type: 'city', seed, startAt: formatInstant(history?.startMs ?? startMs) });
  if (history !== undefined) {
    for (const message of city.messages({ startMs: history.startMs, endMs: startMs, ratePerSecond })) {
      await publish(publisher, message);
    }
    await publisher.drained();
    history.onPublished?.(publisher.published);
  }
  for (;;) {
    const messages = city.messages({ startMs, ratePerSecond });
    const pings = options.patrols === true ? patrol(seed, places, { startMs }) : [];
    for (const item of inOrder<SimulatedMessage | SimulatedPing>(messages, pings)) {
      for (let early = item.knownAtMs - clock.now(); early > 0; early = item.knownAtMs - clock.now()) {
        await pause(Math.min(early, LONGEST_PAUSE_MS), undefined, { signal });
      }
      await publish(publisher, item);
      if (clock.now() - item.knownAtMs > LONGEST_LAG_MS) break;
    }
    startMs = clock.now();
  }
}

async function publish(publisher: IncidentPublisher, item: SimulatedMessage | SimulatedPing): Promise<void> {
  if ('ping' in item) {
    publisher.publishTo(patrolsSubject(item.force), encoder.encode(JSON.stringify(item.ping)));
  } else {
    publisher.publish(item.feed, encoder.encode(JSON.stringify(item.incident)));
  }
  if (publisher.isFull) await publisher.room();
}
