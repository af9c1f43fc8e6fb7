/** Time that a unit spent in cells, from the pings that say where it was. */
import type { Cell } from '../../shared/cell.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';

export interface Ping {
  atMs: number;
  cell: Cell;
}

export interface Dose {
  cell: Cell;
  /** The hour's beginning, epoch milliseconds. */
  hourMs: number;
  milliseconds: number;
}

/** Between two pings farther apart nobody knows where the unit was: the time between them counts nowhere. */
export const LONGEST_GAP_MS = 5 * MINUTE_MS;

/**
 * Of one unit's pings, in any order; two of the same moment count as the first. Of the time between two neighbouring pings
 * one half falls to the cell of each, so that a unit on its way is counted in both. The last ping alone is no time at all.
 */
export function dwellOf(pings: readonly Ping[]): Dose[] {
  const doses = new Map<string, Dose>();
  const add = (cell: Cell, fromMs: number, toMs: number): void => {
    for (let startMs = fromMs; startMs < toMs;) {
      const hourMs = Math.floor(startMs / HOUR_MS) * HOUR_MS;
      const endMs = Math.min(toMs, hourMs + HOUR_MS);
      const key = `${cell}|${hourMs}`;
      const dose = doses.get(key) ?? { cell, hourMs, milliseconds: 0 };
      doses.set(key, { ...dose, milliseconds: dose.milliseconds + endMs - startMs });
      startMs = endMs;
    }
  };
  const inOrder = pings.toSorted((one, other) => one.atMs - other.atMs);
  inOrder.forEach(({ atMs, cell }, place) => {
    const next = inOrder[place + 1];
    if (next === undefined || next.atMs - atMs > LONGEST_GAP_MS) return;
    const middleMs = Math.floor((atMs + next.atMs) / 2);
    add(cell, atMs, middleMs);
    add(next.cell, middleMs, next.atMs);
  });
  return [...doses.values()];
}

/** What is to be added to the doses once `more` is known beside `known`; negative where time turns out to have been elsewhere. */
export function dwellChange(known: readonly Ping[], more: readonly Ping[]): Dose[] {
  const changes = new Map<string, Dose>();
  const add = (doses: readonly Dose[], sign: 1 | -1): void => {
    for (const { cell, hourMs, milliseconds } of doses) {
      const key = `${cell}|${hourMs}`;
      const before = changes.get(key)?.milliseconds ?? 0;
      changes.set(key, { cell, hourMs, milliseconds: before + sign * milliseconds });
    }
  };
  add(dwellOf([...known, ...more]), 1);
  add(dwellOf(known), -1);
  return [...changes.values()].filter(({ milliseconds }) => milliseconds !== 0);
}
