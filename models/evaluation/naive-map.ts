/** The naive map: next window's incidents where last year's were. What every forecast must be compared with. */
import { DAY_MS } from '../../shared/time.ts';
import type { CellHistory } from '../features/cell-history.ts';
import type { Outcomes } from '../walk-forward.ts';

const YEAR_MS = 365 * DAY_MS;
// One incident more in each cell: without it the map rules out every place that had none, and one incident there
// costs it everything. On the data at hand no other constant does better by more than 0.001 nats.
const ADDED_PER_CELL = 1;

/** Expected incidents per cell, from what was known at `nowMs`; `expectation` is the mean cell's. */
export function naiveMap(
  history: CellHistory,
  past: Outcomes,
  nowMs: number,
  expectation: number,
): Float64Array {
  const { counts } = past.countIn({ fromMs: nowMs - YEAR_MS, toMs: nowMs }, history, nowMs);
  const total = counts.reduce((sum, count) => sum + count + ADDED_PER_CELL, 0);
  return Float64Array.from(
    counts,
    (count) => ((count + ADDED_PER_CELL) / total) * counts.length * expectation,
  );
}
