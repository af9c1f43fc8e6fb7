/** A history in which every cell is active: what the forecast's benchmarks run on. */
import { gridDisk } from 'h3-js';
import { cellAt, type Cell } from '../../shared/cell.ts';
import { CATEGORIES, MARKERS } from '../../shared/category.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../../models/features/cell-history.ts';

export function activeCells(size: number): Cell[] {
  const rings = Math.ceil(Math.sqrt(size / 3)) + 1;
  return gridDisk(cellAt(52.5, -1.5), rings).slice(0, size);
}

/**
 * As many incidents as a country's busier cells see in a year: England and Wales record 6.5 million, most of them in a
 * fifth of 1.6 million cells. With fewer, the incidents of a benchmark would lift the whole area's level.
 */
const INCIDENTS_PER_YEAR = 20;

/** Incidents in each cell, of every category and marker in turn, over the last year before `nowMs`. */
export function activeHistory(size: number, nowMs: number): CellHistory {
  const history = new CellHistory({ timeZone: new TimeZone('Europe/London') });
  activeCells(size).forEach((cell, index) => {
    const incidents = 1 + (index % (2 * INCIDENTS_PER_YEAR));
    for (let incident = 0; incident < incidents; incident++) {
      const number = index + incident * 31;
      history.add({
        cell,
        occurredAtMs: nowMs - ((number * 7_919) % (365 * 24)) * HOUR_MS - DAY_MS / 2,
        timePrecision: 'minute',
        category: CATEGORIES[number % CATEGORIES.length] ?? 'other',
        markers: [MARKERS[number % MARKERS.length] ?? 'knife'],
        discovery: 'reported',
      });
    }
  });
  return history;
}
