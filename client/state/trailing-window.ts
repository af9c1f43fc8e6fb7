/** The steps of a trailing window, on the feed clock or, where that runs too fast, on the data. */
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { stepAt, type CellCounts } from './cell-counts.ts';
import type { PictureClock } from './feed-clock.ts';

/** Above it the way from feed to wall takes so much feed time that a window at the clock would be empty. */
export const FAST = 60;

export interface StepWindow {
  from: number;
  /** Epoch milliseconds. */
  endMs: number;
  /** What lies before it, or after `keepTo`, no window of a day can show. */
  keepFrom: number;
  keepTo: number;
}

export function trailingWindow(clock: PictureClock, counts: CellCounts, hours: number): StepWindow {
  const now = clock.now() ?? 0;
  const keepTo = stepAt(now + HOUR_MS);
  const newest = clock.speed > FAST ? counts.newestStep(keepTo) : undefined;
  const end = newest === undefined ? now : Math.min(now, (newest + 1) * COUNT_STEP_MS);
  return {
    // Half a step either way: on average the window is as long as it says.
    from: Math.round((end - hours * HOUR_MS) / COUNT_STEP_MS),
    endMs: end,
    keepFrom: stepAt(end - DAY_MS),
    keepTo,
  };
}
