/** How much more than the mean cell a cell has at the hours of a window: in its quarters of the day, at weekends. */
import { RHYTHM_COUNT, type GroupCounts } from './group-counts.ts';
import { DAY_QUARTERS } from './kernels.ts';
import type { WeighedWindow } from './weekly-profile.ts';

/** The columns of `affinity`: by the theme's own incidents, then by all. */
export const AFFINITY_NAMES = ['quarter-of-day', 'weekend', 'all-quarter-of-day', 'all-weekend'] as const;
export const AFFINITY_COUNT = AFFINITY_NAMES.length;

// Incidents that the area's own rhythm is worth against a cell's.
const AREA_RHYTHM_INCIDENTS = 20;

type Shares = Pick<WeighedWindow, 'quarterShares' | 'weekendShare'>;

/** What of a window the cells' rhythms are held against. */
export interface WindowRhythm {
  quarterFactors: Float64Array;
  weekendFactor: number;
  weekdayFactor: number;
}

/** `week` are the same shares of a whole week. */
export function windowRhythm(window: Shares, week: Shares): WindowRhythm {
  return {
    quarterFactors: window.quarterShares.map(
      (share, quarter) => share / Math.max(week.quarterShares[quarter] ?? 0, 1e-9),
    ),
    weekendFactor: window.weekendShare / Math.max(week.weekendShare, 1e-9),
    weekdayFactor: (1 - window.weekendShare) / Math.max(1 - week.weekendShare, 1e-9),
  };
}

export interface RhythmSource {
  counts: GroupCounts;
  rhythm: WindowRhythm;
  /** What brings the sums to now. */
  decay: number;
}

/**
 * Fills two columns from `column` on with log Σ share · ((own + m · usual) / (total + m)) / usual, which is exactly 0
 * for a cell without incidents. Rows as in `fillRelative`.
 */
export function fillAffinity(
  affinity: Float32Array,
  column: number,
  { counts, rhythm: { quarterFactors, weekendFactor, weekdayFactor }, decay }: RhythmSource,
  rows: number,
  cells?: Int32Array,
): void {
  const { rhythm } = counts;
  for (let row = 0; row < rows; row++) {
    const from = (cells === undefined ? row : (cells[row] ?? 0)) * RHYTHM_COUNT;
    let total = 0;
    let quarters = 0;
    for (let quarter = 0; quarter < DAY_QUARTERS; quarter++) {
      const own = Math.max(0, rhythm[from + quarter] ?? 0) * decay;
      total += own;
      quarters += own * (quarterFactors[quarter] ?? 0);
    }
    const weekend = Math.min(total, Math.max(0, rhythm[from + DAY_QUARTERS] ?? 0) * decay);
    const days = weekend * weekendFactor + (total - weekend) * weekdayFactor;
    const weight = total + AREA_RHYTHM_INCIDENTS;
    const to = row * AFFINITY_COUNT + column;
    affinity[to] = total === 0 ? 0 : Math.log((quarters + AREA_RHYTHM_INCIDENTS) / weight);
    affinity[to + 1] = total === 0 ? 0 : Math.log((days + AREA_RHYTHM_INCIDENTS) / weight);
  }
}
