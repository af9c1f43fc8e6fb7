/** What an alert tells of a place where more happens than forecast. */
import type { AlertFinding } from '../../shared/alert-state.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { isOpenPlace, strongestOf, type WatchedPlace } from './watched-place.ts';

/** Beyond this a ratio says no more, and JSON has no infinity. */
const HIGHEST_RATIO = 1e12;

/** `undefined` for a place without clusters. */
export function emergingFinding(watched: WatchedPlace): AlertFinding | undefined {
  const strongest = strongestOf(watched);
  if (strongest === undefined) return undefined;
  const { theme, detection } = strongest;
  return {
    kind: 'emerging',
    class: detection.class,
    since: formatInstant(detection.classSinceMs),
    theme,
    cells: detection.cells,
    window: { from: formatInstant(detection.windowFromMs), to: formatInstant(detection.windowToMs) },
    observed: detection.observed,
    expected: rounded(detection.expected),
    likelihoodRatio: rounded(Math.min(HIGHEST_RATIO, Math.exp(detection.logRatio))),
    // Any theme may be the one by chance.
    onceInDays: rounded(Math.min(HIGHEST_RATIO, detection.onceInDays / THEMES.length)),
    nearRepeat: null,
    rule: null,
    over: !isOpenPlace(watched),
  };
}

/** To three digits: more would claim too much. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
