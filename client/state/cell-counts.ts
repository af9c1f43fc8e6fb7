/** Incidents and their harm counted per cell and step of time, summed over any trailing window. */
import type { Cell } from '../../shared/cell.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';

export function stepAt(epochMs: number): number {
  return Math.floor(epochMs / COUNT_STEP_MS);
}

/** No incidents anywhere. */
export const NO_COUNTS: ReadonlyMap<Cell, number> = new Map();

interface Counted {
  count: number;
  /** Days (shared/harm.ts). */
  harm: number;
}

/** By what the steps of a window are summed: the factor of each from `from` on, and of nothing before or beyond. */
export interface StepFactors {
  from: number;
  factors: Float64Array;
  of: keyof Counted;
}

export class CellCounts {
  // A count may be negative for a moment, where a correction overtakes what it corrects.
  readonly #cells = new Map<Cell, Map<number, Counted>>();

  clear(): void {
    this.#cells.clear();
  }

  /** Adds `change` incidents of so much harm, or takes them back where it is negative. */
  add(cell: Cell, step: number, change: number, harm = 0): void {
    let steps = this.#cells.get(cell);
    if (steps === undefined) this.#cells.set(cell, (steps = new Map<number, Counted>()));
    const counted = steps.get(step) ?? { count: 0, harm: 0 };
    counted.count += change;
    counted.harm += harm;
    if (counted.count !== 0 || counted.harm !== 0) steps.set(step, counted);
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
      for (const [step, { count }] of steps) if (step >= from) total += count;
      if (total > 0) totals.set(cell, total);
    }
    return totals;
  }

  /** Adds what each cell weighs to `weights`. */
  weigh({ from, factors, of }: StepFactors, weights: Map<Cell, number>): void {
    for (const [cell, steps] of this.#cells) {
      let weight = 0;
      for (const [step, counted] of steps) weight += counted[of] * (factors[step - from] ?? 0);
      if (weight > 0) weights.set(cell, (weights.get(cell) ?? 0) + weight);
    }
  }

  /** Incidents of one cell in so many steps at a time, the oldest first, from `from` on. */
  trend(
    cell: Cell,
    { from, bins, stepsPerBin }: { from: number; bins: number; stepsPerBin: number },
  ): number[] {
    const trend = new Array<number>(bins).fill(0);
    for (const [step, { count }] of this.#cells.get(cell) ?? []) {
      const bin = Math.min(bins - 1, Math.floor((step - from) / stepsPerBin));
      if (bin >= 0) trend[bin] = Math.max(0, (trend[bin] ?? 0) + count);
    }
    return trend;
  }

  /** Incidents of all cells per step, from `from` on. */
  bySteps(from: number): Map<number, number> {
    const bySteps = new Map<number, number>();
    for (const steps of this.#cells.values()) {
      for (const [step, { count }] of steps)
        if (step >= from) bySteps.set(step, (bySteps.get(step) ?? 0) + count);
    }
    return bySteps;
  }

  /** The newest step up to `to` with an incident, or `undefined` where there is none. */
  newestStep(to: number): number | undefined {
    let newest: number | undefined;
    for (const steps of this.#cells.values()) {
      for (const [step, { count }] of steps) {
        if (count > 0 && step <= to && step > (newest ?? -Infinity)) newest = step;
      }
    }
    return newest;
  }

  get size(): number {
    return this.#cells.size;
  }
}
