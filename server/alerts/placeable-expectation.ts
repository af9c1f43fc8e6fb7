/** What is expected of a theme without what only the cleared may place finely, which counts in its own theme alone. */
import type { WeeklyProfile } from '../../models/features/weekly-profile.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Theme } from '../../shared/theme.ts';

/** A forecast of one theme, as it was issued. */
export interface ThemeForecast {
  cells: readonly Cell[];
  /** Expected incidents in the window, one per cell. */
  expected: Float32Array;
  /** How the force's incidents of the theme spread over the week, as known at the issue. */
  profile: WeeklyProfile;
}

/** Domestic and sexual incidents are part of these, and nearly none of the others'. */
const WITH_SENSITIVE: ReadonlySet<Theme> = new Set<Theme>(['all', 'violence']);
/** A cell where the one nearly is the other keeps this much. */
const LEAST_SHARE = 0.1;

/**
 * One per cell of the theme's forecast. A little too low for `violence`, since not all that is sensitive is violence: the
 * scan raises an expectation that the whole force is above.
 */
export function placeableExpectation(
  theme: Theme,
  forecasts: ReadonlyMap<Theme, ThemeForecast>,
): Float32Array {
  const own = forecasts.get(theme)?.expected ?? new Float32Array(0);
  const sensitive = forecasts.get('vawg')?.expected;
  if (!WITH_SENSITIVE.has(theme) || sensitive?.length !== own.length) return own;
  return own.map((value, i) => Math.max(LEAST_SHARE * value, value - (sensitive[i] ?? 0)));
}
