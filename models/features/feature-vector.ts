/** What the model sees of each cell: the one feature code of training, backtest and live forecasts. */
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { KERNEL_COUNT, RHYTHM_COUNT, type GroupCounts } from './group-counts.ts';
import type { CellHistory } from './cell-history.ts';
import { expectedPerDay, profileAt } from './area-level.ts';
import { DAY_QUARTERS, growth, HALF_LIFE_DAYS, KERNELS, RHYTHM_HALF_LIFE_DAYS } from './kernels.ts';
import { weekShares, weighWindow, type WeighedWindow } from './weekly-profile.ts';

/** The columns of `relative`. */
export const KERNEL_NAMES = KERNELS.map(({ name }) => name);
/** The columns of `affinity`. */
export const AFFINITY_NAMES = ['quarter-of-day', 'weekend'] as const;
/** All that the model is given, in order; an artefact made for other features is refused. */
export const FEATURE_NAMES: readonly string[] = [...KERNEL_NAMES, ...AFFINITY_NAMES, 'expectation'];

export const AFFINITY_COUNT = AFFINITY_NAMES.length;

/** The half-open interval that is forecast, and the instant from which one looks ahead; epoch milliseconds. */
export interface FeatureWindow {
  fromMs: number;
  toMs: number;
  nowMs: number;
}

export interface Features {
  cells: number;
  /** Cells × kernels: the decayed count as a multiple of the mean cell's. */
  relative: Float32Array;
  /** Cells × affinities: log of how much more than the mean cell this one has at such hours; 0 is neutral. */
  affinity: Float32Array;
  /** Incidents that the mean cell is expected to see in the window. */
  expectation: number;
}

// Incidents per cell that an even spread is worth. Where a kernel holds few incidents a cell, what it says of one
// cell is mostly chance: 7 days of a rare theme, or of a feed that is 45 days late, fade into "the same everywhere".
// Measured: rare themes gain 0.003 nats by it, frequent ones lose nothing; weights learnt on all incidents serve
// knife crime at 0.49 instead of 0.34.
const EVEN_SPREAD_PER_CELL = 0.03;
// Incidents that the area's own rhythm is worth against a cell's.
const AREA_RHYTHM_INCIDENTS = 20;

/**
 * The features of all cells of `history`, in its order, for one of its groups (a theme). `into` is filled
 * and returned where it has room. Throws `RangeError` for a group that the history does not count.
 */
export function featuresAt(
  history: CellHistory,
  group: string,
  window: FeatureWindow,
  into?: Features,
): Features {
  const counts = history.countsOf(group);
  counts.extend(history.area);
  const cells = history.size;
  const relative = room(into?.relative, cells * KERNEL_COUNT);
  const affinity = room(into?.affinity, cells * AFFINITY_COUNT);
  const days = (window.nowMs - history.referenceMs) / DAY_MS;
  if (cells === 0 || Number.isNaN(days)) {
    return { cells, relative: relative.fill(1), affinity: affinity.fill(0), expectation: 0 };
  }
  const decay = growth(-days, RHYTHM_HALF_LIFE_DAYS);
  const profile = profileAt(history, counts, window.nowMs);
  const weighed = weighWindow(window, profile, history.timeZone);
  fillRelative(relative, counts.kernels, cells, days);
  fillAffinity(affinity, counts, cells, decay, weighed, weekShares(profile));
  const perHour = (expectedPerDay(history, counts, window.nowMs) * HOUR_MS) / DAY_MS;
  return { cells, relative, affinity, expectation: (perHour * weighed.weightedHours) / cells };
}

function fillRelative(relative: Float32Array, sums: Float64Array, cells: number, days: number): void {
  const totals = new Float64Array(KERNEL_COUNT);
  for (let i = 0, k = 0; i < cells * KERNEL_COUNT; i++, k = k + 1 === KERNEL_COUNT ? 0 : k + 1) {
    totals[k] = (totals[k] ?? 0) + Math.max(0, sums[i] ?? 0);
  }
  // A removed incident may leave a sum that should be zero a rounding below it.
  const scale = new Float64Array(KERNEL_COUNT);
  const shift = new Float64Array(KERNEL_COUNT);
  KERNELS.forEach(({ halfLifeDays }, k) => {
    const incidents = (totals[k % HALF_LIFE_DAYS.length] ?? 0) * growth(-days, halfLifeDays);
    const trust = incidents / (incidents + EVEN_SPREAD_PER_CELL * cells);
    const total = totals[k] ?? 0;
    scale[k] = total > 0 ? (trust * cells) / total : 0;
    shift[k] = total > 0 ? 1 - trust : 1;
  });
  for (let i = 0, k = 0; i < cells * KERNEL_COUNT; i++, k = k + 1 === KERNEL_COUNT ? 0 : k + 1) {
    relative[i] = Math.max(0, sums[i] ?? 0) * (scale[k] ?? 0) + (shift[k] ?? 1);
  }
}

type Shares = Pick<WeighedWindow, 'quarterShares' | 'weekendShare'>;

function fillAffinity(
  affinity: Float32Array,
  { rhythm }: GroupCounts,
  cells: number,
  decay: number,
  window: Shares,
  week: Shares,
): void {
  // Σ share · ((own + m · usual) / (total + m)) / usual, so that a cell without incidents has exactly Σ share = 1.
  const quarterFactors = window.quarterShares.map(
    (share, q) => share / Math.max(week.quarterShares[q] ?? 0, 1e-9),
  );
  const weekendFactor = window.weekendShare / Math.max(week.weekendShare, 1e-9);
  const weekdayFactor = (1 - window.weekendShare) / Math.max(1 - week.weekendShare, 1e-9);
  for (let cell = 0; cell < cells; cell++) {
    const row = cell * RHYTHM_COUNT;
    let total = 0;
    let quarters = 0;
    for (let q = 0; q < DAY_QUARTERS; q++) {
      const own = Math.max(0, rhythm[row + q] ?? 0) * decay;
      total += own;
      quarters += own * (quarterFactors[q] ?? 0);
    }
    const weekend = Math.min(total, Math.max(0, rhythm[row + DAY_QUARTERS] ?? 0) * decay);
    const days = weekend * weekendFactor + (total - weekend) * weekdayFactor;
    const weight = total + AREA_RHYTHM_INCIDENTS;
    affinity[cell * AFFINITY_COUNT] = total === 0 ? 0 : Math.log((quarters + AREA_RHYTHM_INCIDENTS) / weight);
    affinity[cell * AFFINITY_COUNT + 1] = total === 0 ? 0 : Math.log((days + AREA_RHYTHM_INCIDENTS) / weight);
  }
}

function room(array: Float32Array | undefined, length: number): Float32Array {
  return array !== undefined && array.length >= length ? array.subarray(0, length) : new Float32Array(length);
}
