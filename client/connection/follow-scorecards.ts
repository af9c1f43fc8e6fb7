/** Reads what a force's forecasts came to, theme by theme and horizon by horizon, and again now and then. */
import { HORIZONS } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Scorecard } from '../../shared/scorecard.ts';
import type { Theme } from '../../shared/theme.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';

/** Windows close by the hour at most. */
const EVERY_MS = 10 * MINUTE_MS;
const AGAIN_MS = 15_000;
const TIMEOUT_MS = 20_000;

/** All that could be read in one round; `undefined` where the server did not answer. */
export type LearntScorecards = Scorecard[] | undefined;

/** One question after another: a wall is in no hurry, and 21 at once would be a burst. Returns how to stop. */
export function followScorecards(
  { force, themes }: { force: Force; themes: readonly Theme[] },
  timers: Timers,
  learnt: (scorecards: LearntScorecards) => void,
): () => void {
  const stopped = new AbortController();
  let cancel = (): void => undefined;
  const round = async (): Promise<void> => {
    const all: Scorecard[] = [];
    for (const theme of themes) {
      for (const horizonHours of HORIZONS) {
        const scorecard = await readScorecard(`force=${force}&theme=${theme}&horizonHours=${horizonHours}`);
        if (stopped.signal.aborted) return;
        if (scorecard === undefined) {
          learnt(undefined);
          cancel = timers.after(AGAIN_MS, () => void round());
          return;
        }
        all.push(scorecard);
      }
    }
    learnt(all);
    cancel = timers.after(EVERY_MS, () => void round());
  };
  void round();
  return () => {
    stopped.abort();
    cancel();
  };
}

async function readScorecard(query: string): Promise<Scorecard | undefined> {
  try {
    const response = await fetch(`/api/scorecard?${query}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? ((await response.json()) as Scorecard) : undefined;
  } catch {
    return undefined;
  }
}
