/** Fits the baselines to what was known before the test, as a force would have to. */
import type { Span } from '../forecast-windows.ts';
import { thinned } from '../training/training-plan.ts';
import type { Baseline, FittedBaseline, TuningWindow } from './baselines/baseline.ts';
import type { Setting } from './setting.ts';

// With twice as many the maps are some hours fresher, and the same are chosen.
const MOST_TUNING_WINDOWS = 60;

/** Tuned baselines are judged by all that came in the training period: each map by what came until the next was made. */
export function fitBaselines(
  baselines: readonly Baseline[],
  { walk, outcomes, past, ground, trainingWindows }: Setting,
  { fromMs: untilMs }: Span,
  onProgress: (share: number, text: string) => void = () => undefined,
): FittedBaseline[] {
  const starts = thinned([...trainingWindows], MOST_TUNING_WINDOWS).map(({ fromMs }) => fromMs);
  const windows = starts.map((fromMs, w): TuningWindow => {
    const window = { fromMs, toMs: starts[w + 1] ?? untilMs };
    const { counts: observed } = outcomes.countIn(window, walk.history, untilMs);
    return { window, known: past.before(fromMs), observed };
  });
  const known = past.before(untilMs);
  return baselines.map((baseline, b) => {
    onProgress(b / baselines.length, `fitting the ${baseline.title}`);
    return baseline.fit({ ground, known, untilMs, windows });
  });
}
