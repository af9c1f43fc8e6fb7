/** Incidents counted per cell and quarter of an hour, summed over any trailing window. */
import type { Cell } from '../../shared/cell.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';

export function stepAt(epochMs: number): number {
  return Math.floor(epochMs / COUNT_STEP_MS);
}

/** No incidents anywhere. */
export const NO_COUNTS: ReadonlyMap<Cell, number> = new Map();

export class CellCounts {
  // A count may be negative for a moment, where a correction overtakes what it corrects.
  readonly #cells = new Map<Cell, Map<number, number>>();

  clear(): void {
    this.#cells.clear();
  }

  /** Adds `change` incidents, or takes them back where it is negative. */
  add(cell: Cell, step: number, change: number): void {
    let steps = this.#cells.get(cell);
    if (steps === undefined) this.#cells.set(cell, (steps = new Map<number, number>()));
    const count = (steps.get(step) ?? 0) + change;
    if (count !== 0) steps.set(step, count);
    else steps.delete(step);
    if (steps.size === 0) this.#cells.delete(cell);
  }

  /** Forgets every step before `from` or after `to`, and cells left without any. */
  keepOnly(from: number, to: number): void {
    for (const [cell, steps] of this.#cells) {
      for (const step of steps.keys()) if (step < from || step > to) steps.delete(step);
      if (steps.size === 0) this.#cells.delete(cell);
    }
  }

  /** Incidents per cell in the steps from `from` on; cells with none are left out. */
  totals(from: number): Map<Cell, number> {
    const totals = new Map<Cell, number>();
    for (const [cell, steps] of this.#cells) {
      let total = 0;
      for (const [step, count] of steps) if (step >= from) total += count;
      if (total > 0) totals.set(cell, total);
    }
    return totals;
  }

  /** Incidents of all cells per step, from `from` on. */
  bySteps(from: number): Map<number, number> {
    const bySteps = new Map<number, number>();
    for (const steps of this.#cells.values()) {
      for (const [step, count] of steps)
        if (step >= from) bySteps.set(step, (bySteps.get(step) ?? 0) + count);
    }
    return bySteps;
  }

  /** The newest step up to `to` with an incident, or `undefined` where there is none. */
  newestStep(to: number): number | undefined {
    let newest: number | undefined;
    for (const steps of this.#cells.values()) {
      for (const [step, count] of steps) {
        if (count > 0 && step <= to && step > (newest ?? -Infinity)) newest = step;
      }
    }
    return newest;
  }

  get size(): number {
    return this.#cells.size;
  }
}
