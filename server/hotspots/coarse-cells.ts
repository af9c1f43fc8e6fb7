/** The coarse cells that a force's fine ones lie in, looked up once per cell and not at every ranking. */
import { coarseCell, type Cell } from '../../shared/cell.ts';

export class CoarseCells {
  readonly cells: Cell[] = [];
  /** For each of `cells` the indices of the fine ones in it, in their order. */
  readonly members: number[][] = [];
  readonly #indices = new Map<Cell, number>();
  #parents = new Int32Array(0);
  #known = 0;

  /** Sums fine values, in the order of `fine`, by coarse cell, in the order of `cells`; `fine` may only grow. */
  sums(fine: readonly Cell[], values: ArrayLike<number>): Float64Array {
    this.#extend(fine, values.length);
    const sums = new Float64Array(this.cells.length);
    for (let index = 0; index < values.length; index++) {
      const parent = this.#parents[index] ?? 0;
      sums[parent] = (sums[parent] ?? 0) + (values[index] ?? 0);
    }
    return sums;
  }

  #extend(fine: readonly Cell[], size: number): void {
    if (this.#parents.length < size) {
      const longer = new Int32Array(Math.ceil(size * 1.5));
      longer.set(this.#parents);
      this.#parents = longer;
    }
    for (; this.#known < size; this.#known++) {
      const parent = this.#indexOf(coarseCell(fine[this.#known] ?? ''));
      this.#parents[this.#known] = parent;
      this.members[parent]?.push(this.#known);
    }
  }

  #indexOf(cell: Cell): number {
    const known = this.#indices.get(cell);
    if (known !== undefined) return known;
    const index = this.cells.push(cell) - 1;
    this.members.push([]);
    this.#indices.set(cell, index);
    return index;
  }
}
