/** The naive map: next window's incidents where last year's were. What every forecast must be compared with. */
import { DAY_MS } from '../../../shared/time.ts';
import type { Baseline, PlaceMap } from './baseline.ts';

const DAYS = 365;
/**
 * One incident more in each cell: without it the map rules out every place that had none, and one incident there
 * costs it everything. On the data at hand no other constant does better by more than 0.005 nats.
 */
export const ADDED_PER_CELL = 1;

export const NAIVE_MAP: Baseline = {
  name: 'naive',
  title: 'naive map',
  source: 'Counts of the last 365 days, one added in each cell.',
  fit: ({ ground }) => ({
    parameters: { days: DAYS, addedPerCell: ADDED_PER_CELL },
    evenSpread: 0,
    open: () => lastYearsCounts(ground.size),
  }),
};

function lastYearsCounts(cells: number): PlaceMap {
  return {
    at: (known, { fromMs }) => {
      const map = new Float64Array(cells).fill(ADDED_PER_CELL);
      const sinceMs = fromMs - DAYS * DAY_MS;
      for (let i = 0; i < known.count; i++) {
        const cell = known.cell[i] ?? -1;
        if (cell >= 0 && (known.atMs[i] ?? 0) >= sinceMs) map[cell] = (map[cell] ?? 0) + 1;
      }
      return map;
    },
  };
}
