/** Counts of the last day per force, theme, cell and quarter of an hour: what a snapshot's heat is made of. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { CellCounts } from '../../shared/messages.ts';
import type { Theme } from '../../shared/theme.ts';

interface Counted {
  count: number;
  /** Days (shared/harm.ts). */
  harm: number;
}
type Steps = Map<number, Counted>;

export class CountTable {
  readonly #counts = new Map<string, Map<Cell, Steps>>();

  add(force: Force, theme: Theme, cell: Cell, step: number, change: number, harm = 0): void {
    addTo(this.#cells(force, theme), cell, step, change, harm);
  }

  /** For very many of one force and theme: adds as `add` does. */
  adder(force: Force, theme: Theme): (cell: Cell, step: number, change: number, harm: number) => void {
    const cells = this.#cells(force, theme);
    return (cell, step, change, harm) => {
      addTo(cells, cell, step, change, harm);
    };
  }

  #cells(force: Force, theme: Theme): Map<Cell, Steps> {
    const key = `${force}|${theme}`;
    let cells = this.#counts.get(key);
    if (cells === undefined) this.#counts.set(key, (cells = new Map<Cell, Steps>()));
    return cells;
  }

  /** Forgets all before `step`. */
  prune(step: number): void {
    for (const cells of this.#counts.values()) {
      for (const [cell, steps] of cells) {
        for (const old of steps.keys()) if (old < step) steps.delete(old);
        if (steps.size === 0) cells.delete(cell);
      }
    }
  }

  /** Incidents of all cells in the steps from each of `froms` on. */
  totals(force: Force, theme: Theme, froms: readonly number[]): number[] {
    const totals = froms.map(() => 0);
    for (const steps of this.#counts.get(`${force}|${theme}`)?.values() ?? []) {
      for (const [step, { count }] of steps) {
        froms.forEach((from, index) => {
          if (step >= from) totals[index] = (totals[index] ?? 0) + count;
        });
      }
    }
    return totals;
  }

  of(forces: readonly Force[], themes: readonly Theme[]): CellCounts[] {
    const found: CellCounts[] = [];
    for (const theme of themes) {
      for (const force of forces) {
        for (const [cell, steps] of this.#counts.get(`${force}|${theme}`) ?? []) {
          const ascending = [...steps].sort(([one], [other]) => one - other);
          found.push({ theme, cell, steps: ascending.map(([step, { count, harm }]) => [step, count, harm]) });
        }
      }
    }
    return found;
  }
}

function addTo(cells: Map<Cell, Steps>, cell: Cell, step: number, change: number, harm: number): void {
  let steps = cells.get(cell);
  if (steps === undefined) cells.set(cell, (steps = new Map<number, Counted>()));
  const counted = steps.get(step);
  if (counted === undefined) {
    if (change !== 0 || harm !== 0) steps.set(step, { count: change, harm });
  } else {
    counted.count += change;
    counted.harm += harm;
    if (counted.count === 0 && counted.harm === 0) steps.delete(step);
  }
  if (steps.size === 0) cells.delete(cell);
}
