/** Streams the simulated city into the running demo: first the history that it lacks, then live. */
import { DAY_MS } from '../../shared/time.ts';
import type { RunningServer } from '../serve.ts';
import { publishCity } from '../simulator/publish-city.ts';
import { selectFeeds } from '../store/feed-store.ts';

export interface SimulationStream {
  server: RunningServer;
  signal: AbortSignal;
  report: (line: string) => void;
  rate: number;
  seed: number;
}

const HISTORY_DAYS = 60;
/** Stored within seconds, and enough to know the city's places and hours by. */
const HISTORY_INCIDENTS = 40_000;

/** Goes on until the signal is aborted, and then rejects with its reason. */
export async function streamSimulation(options: SimulationStream): Promise<never> {
  const { server, signal, report, rate, seed } = options;
  const { database, connection, clock } = server.services;
  const received = (await selectFeeds(database)).map(({ lastReceivedAt }) => lastReceivedAt.getTime());
  const startMs = Math.max(clock.now() - HISTORY_DAYS * DAY_MS, ...received);
  return publishCity({
    connection,
    signal,
    clock,
    seed,
    ratePerSecond: rate,
    history: {
      startMs,
      incidents: HISTORY_INCIDENTS,
      onPublished: (count) => {
        if (received.length === 0) report(`Sent ${count} messages of simulated history.`);
      },
    },
  });
}
