/** Streams the simulated city into the running demo, with a past that hotspots can be told from. */
import { DAY_MS, formatInstant, MINUTE_MS } from '../../shared/time.ts';
import type { RunningServer } from '../serve.ts';
import { publishCity } from '../simulator/publish-city.ts';
import { weeklyRate } from '../simulator/telling.ts';
import { truthFile } from '../simulator/truth.ts';
import { newestReceivedMs } from '../store/feed-store.ts';
import type { SimulationSettings } from './simulation-options.ts';

/** Some days at the city's own rate, so that what is forecast and what then happens agree. */
const LONGEST_PAST_MS = 3 * DAY_MS;
/** Stored within seconds. */
const PAST_INCIDENTS = 60_000;
/** A shorter stop is no gap that anyone would see. */
const SHORTEST_GAP_MS = MINUTE_MS;

export interface SimulationStream {
  server: RunningServer;
  signal: AbortSignal;
  report: (line: string) => void;
  /** Incidents per second, on average over the week. */
  rate: number;
  settings: SimulationSettings;
  /** Where the clusters and outages are written down, added to what is there. */
  truthPath: string;
}

/** Goes on until the signal is aborted. A city that stood still while the demo was off lives through that time first. */
export async function streamSimulation({
  server,
  signal,
  report,
  rate,
  settings: { seed, city, patrols },
  truthPath,
}: SimulationStream): Promise<void> {
  const { database, connection, clock } = server.services;
  const nowMs = clock.now();
  const pastMs = Math.min(LONGEST_PAST_MS, (PAST_INCIDENTS / rate) * 1_000);
  const startMs = Math.max(nowMs - pastMs, (await newestReceivedMs(database)) ?? -Infinity);
  await publishCity({
    connection,
    signal,
    clock,
    seed,
    ratePerSecond: weeklyRate(rate),
    city: { ...city, onTruth: truthFile(truthPath) },
    patrols,
    ...(nowMs - startMs > SHORTEST_GAP_MS && {
      history: {
        startMs,
        onPublished: (count) => {
          report(
            `The city's past since ${formatInstant(startMs).slice(0, 16)} is published: ${count} messages.`,
          );
        },
      },
    }),
    onWaiting: report,
  });
}
