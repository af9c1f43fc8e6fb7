/** Fits the baselines to what was known before the test, as a force would have to. */
import type { Span } from '../forecast-windows.ts';
import { thinned } from '../training/training-plan.ts';
import type { Baseline, FittedBaseline, TuningWindow } from './baselines/baseline.ts';
import type { Setting } from './setting.ts';

// More tell candidates apart no better: the best two differ by less than a hundredth of a nat.
const MOST_TUNING_WINDOWS = 60;

export function fitBaselines(
  baselines: readonly Baseline[],
  { walk, outcomes, past, ground, trainingWindows }: Setting,
  { fromMs: untilMs }: Span,
  onProgress: (share: number, text: string) => void = () => undefined,
): FittedBaseline[] {
  const windows = thinned([...trainingWindows], MOST_TUNING_WINDOWS).map((window): TuningWindow => ({
    window,
    known: past.before(window.fromMs),
    observed: outcomes.countIn(window, walk.history, untilMs).counts,
  }));
  const known = past.before(untilMs);
  return baselines.map((baseline, b) => {
    onProgress(b / baselines.length, `fitting the ${baseline.title}`);
    return baseline.fit({ ground, known, untilMs, windows });
  });
}
