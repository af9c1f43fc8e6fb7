/** What the model sees of each cell: the one feature code of training, backtest and live forecasts. */
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { AFFINITY_COUNT, AFFINITY_NAMES, fillAffinity, windowRhythm, type RhythmSource } from './affinity.ts';
import { expectedPerDay, profileAt } from './area-level.ts';
import type { CellHistory } from './cell-history.ts';
import { ALL } from './counted-incident.ts';
import { growth, MODEL_KERNELS, RHYTHM_HALF_LIFE_DAYS } from './kernels.ts';
import { fillRelative, KERNEL_COUNT, relativeScale, type RelativeScale } from './relative-counts.ts';
import { weekShares, weighWindow } from './weekly-profile.ts';

/** The columns of `relative`. */
export const KERNEL_NAMES = MODEL_KERNELS.map(({ name }) => name);
/** All that the model is given, in order; an artefact made for other features is refused. */
export const FEATURE_NAMES: readonly string[] = [...KERNEL_NAMES, ...AFFINITY_NAMES, 'expectation'];

/** The half-open interval that is forecast, and the instant from which one looks ahead; epoch milliseconds. */
export interface FeatureWindow {
  fromMs: number;
  toMs: number;
  nowMs: number;
}

export interface Features {
  /** Rows: one per cell. */
  cells: number;
  /** Cells × kernels: the decayed count as a multiple of the mean cell's. */
  relative: Float32Array;
  /** Cells × affinities: log of how much more than the mean cell this one has at such hours; 0 is neutral. */
  affinity: Float32Array;
  /** Incidents that the mean cell is expected to see in the window. */
  expectation: number;
}

/** What all cells' features have in common for one group and window: it takes a look at each cell, a row does not. */
export interface FeatureContext {
  cells: number;
  expectation: number;
  /** The window's length, each hour counted by how busy it usually is. */
  weightedHours: number;
  relative: RelativeScale;
  /** In the order of the columns of `affinity`, two each. */
  rhythms: readonly RhythmSource[];
}

/** Throws `RangeError` for a group that the history does not count. */
export function featureContext(history: CellHistory, group: string, window: FeatureWindow): FeatureContext {
  const [counts, all] = [history.countsOf(group), history.countsOf(ALL.name)];
  for (const one of [counts, all]) one.extend(history.area);
  const { nowMs } = window;
  const decay = growth((history.referenceMs - nowMs) / DAY_MS, RHYTHM_HALF_LIFE_DAYS);
  const profile = profileAt(history, counts, nowMs);
  const weighed = weighWindow(window, profile, history.timeZone);
  const allProfile = counts === all ? profile : profileAt(history, all, nowMs);
  const allWeighed = counts === all ? weighed : weighWindow(window, allProfile, history.timeZone);
  const perHour = (expectedPerDay(history, counts, nowMs) * HOUR_MS) / DAY_MS;
  return {
    cells: history.size,
    expectation: (perHour * weighed.weightedHours) / history.size,
    weightedHours: weighed.weightedHours,
    relative: relativeScale(history, group, nowMs),
    rhythms: [
      { counts, rhythm: windowRhythm(weighed, weekShares(profile)), decay },
      { counts: all, rhythm: windowRhythm(allWeighed, weekShares(allProfile)), decay },
    ],
  };
}

/** The rows of the cells with these indices, or of all in the history's order; `into` is filled where it has room. */
export function featureRows(context: FeatureContext, cells?: Int32Array, into?: Features): Features {
  const rows = cells?.length ?? context.cells;
  const relative = room(into?.relative, rows * KERNEL_COUNT);
  const affinity = room(into?.affinity, rows * AFFINITY_COUNT);
  fillRelative(relative, context.relative, rows, cells);
  context.rhythms.forEach((source, s) => {
    fillAffinity(affinity, 2 * s, source, rows, cells);
  });
  return { cells: rows, relative, affinity, expectation: context.expectation };
}

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
  const nothingKnown = history.size === 0 || Number.isNaN(history.referenceMs);
  if (!nothingKnown) return featureRows(featureContext(history, group, window), undefined, into);
  history.countsOf(group);
  return { cells: 0, relative: new Float32Array(0), affinity: new Float32Array(0), expectation: 0 };
}

function room(array: Float32Array | undefined, length: number): Float32Array {
  return array !== undefined && array.length >= length ? array.subarray(0, length) : new Float32Array(length);
}
