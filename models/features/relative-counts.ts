/** Decayed counts as multiples of the mean cell's, so that weights learnt in one area hold in another. */
import { DAY_MS } from '../../shared/time.ts';
import { ALL } from './counted-incident.ts';
import { COUNTED, HALF_LIFE_COUNT, type GroupCounts } from './group-counts.ts';
import type { HistoryState } from './history-state.ts';
import { COUNTED_KERNELS, growth, MODEL_KERNELS } from './kernels.ts';

/** Columns of `relative`. */
export const KERNEL_COUNT = MODEL_KERNELS.length;

// Incidents per cell that an even spread is worth. Where a kernel holds few incidents a cell, what it says of one
// cell is mostly chance: 7 days of a rare theme, or of a feed that is 45 days late, fade into "the same everywhere".
// Measured: rare themes gain 0.003 nats by it, frequent ones lose nothing; weights learnt on all incidents serve
// knife crime at 0.49 instead of 0.34.
const EVEN_SPREAD_PER_CELL = 0.03;

/** For each column where it reads its sum, and how that becomes a multiple of the mean cell's: sum · scale + shift. */
export interface RelativeScale {
  sources: readonly { counts: GroupCounts; kernel: number }[];
  scale: Float64Array;
  shift: Float64Array;
  /** By how much the column rises with each incident that happens now. */
  perIncident: Float64Array;
}

/** Looks at every cell once, for the means. */
export function relativeScale(history: HistoryState, group: string, nowMs: number): RelativeScale {
  const cells = history.area.size;
  const days = (nowMs - history.referenceMs) / DAY_MS;
  const columnsOf = { theme: history.countsOf(group), all: history.countsOf(ALL.name) };
  const totals = { theme: totalsOf(columnsOf.theme, cells), all: totalsOf(columnsOf.all, cells) };
  const scale = new Float64Array(KERNEL_COUNT);
  const shift = new Float64Array(KERNEL_COUNT);
  const perIncident = new Float64Array(KERNEL_COUNT);
  const sources = MODEL_KERNELS.map(({ of, ring, halfLifeDays }, column) => {
    const kernel = COUNTED_KERNELS.findIndex(
      (counted) => counted.ring === ring && counted.halfLifeDays === halfLifeDays,
    );
    // What the own cells hold, also for the ring: a ring's sum counts each incident up to six times.
    const incidents = (totals[of][kernel % HALF_LIFE_COUNT] ?? 0) * growth(-days, halfLifeDays);
    const trust = incidents / (incidents + EVEN_SPREAD_PER_CELL * cells);
    const total = totals[of][kernel] ?? 0;
    scale[column] = total > 0 ? (trust * cells) / total : 0;
    shift[column] = total > 0 ? 1 - trust : 1;
    perIncident[column] = (scale[column] ?? 0) * growth(days, halfLifeDays);
    return { counts: columnsOf[of], kernel };
  });
  return { sources, scale, shift, perIncident };
}

/** Fills a row per cell: those of `cells`, or the first `rows` of the area. */
export function fillRelative(
  relative: Float32Array,
  { sources, scale, shift }: RelativeScale,
  rows: number,
  cells?: Int32Array,
): void {
  for (const [column, { counts, kernel }] of sources.entries()) {
    const { kernels } = counts;
    const factor = scale[column] ?? 0;
    const offset = shift[column] ?? 1;
    for (let row = 0; row < rows; row++) {
      const cell = cells === undefined ? row : (cells[row] ?? 0);
      // A removed incident may leave a sum a rounding below zero.
      const sum = Math.max(0, kernels[cell * COUNTED + kernel] ?? 0);
      relative[row * KERNEL_COUNT + column] = sum * factor + offset;
    }
  }
}

function totalsOf({ kernels }: GroupCounts, cells: number): Float64Array {
  const totals = new Float64Array(COUNTED);
  for (let i = 0, k = 0; i < cells * COUNTED; i++, k = k + 1 === COUNTED ? 0 : k + 1) {
    totals[k] = (totals[k] ?? 0) + Math.max(0, kernels[i] ?? 0);
  }
  return totals;
}
