/** Sums doses up by cell and hour, in coarse hexagons for those who may not see finer. */
import { coarseCell, finenessOf, type Cell } from '../../shared/cell.ts';
import type { PatrolMinutes } from '../../shared/patrol-minutes.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';
import type { PatrolDose } from '../store/patrol-store.ts';

/** The cell with most minutes first. */
export function minutesOf(doses: readonly PatrolDose[], isFine: boolean): PatrolMinutes['cells'] {
  const cells = new Map<Cell, Map<number, number>>();
  for (const { cell, hourMs, milliseconds } of doses) {
    const shown = isFine ? cell : coarseCell(cell);
    let hours = cells.get(shown);
    if (hours === undefined) cells.set(shown, (hours = new Map<number, number>()));
    hours.set(hourMs, (hours.get(hourMs) ?? 0) + milliseconds);
  }
  return [...cells]
    .map(([cell, hours]) => ({
      cell,
      coarse: finenessOf(cell) === 'coarse',
      minutes: inMinutes([...hours.values()].reduce((sum, milliseconds) => sum + milliseconds, 0)),
      hours: [...hours]
        .sort(([one], [other]) => one - other)
        .map(([hourMs, milliseconds]) => ({ from: formatInstant(hourMs), minutes: inMinutes(milliseconds) })),
    }))
    .sort((one, other) => other.minutes - one.minutes || (one.cell < other.cell ? -1 : 1));
}

/** To a hundredth. */
function inMinutes(milliseconds: number): number {
  return Math.round((milliseconds / MINUTE_MS) * 100) / 100;
}
