/** Which cells' expectations moved since they were last announced. */
import type { Cell } from '../../shared/cell.ts';

const MOVED_SHARE = 0.05;

/** One per force, theme and horizon. */
export class MovedCells {
  #announced: Float32Array;
  #size: number;

  constructor(announced: Float32Array = new Float32Array(0)) {
    this.#announced = announced;
    this.#size = announced.length;
  }

  /** What was last told, in the order of the cells. */
  get announced(): Float32Array {
    return this.#announced.slice(0, this.#size);
  }

  /** Remembers what was told by an earlier run of the forecaster, of cells in whatever order. */
  said(cells: readonly Cell[], said: ReadonlyMap<Cell, number>): void {
    this.#reserve(cells.length);
    cells.forEach((cell, index) => {
      const expected = said.get(cell);
      if (expected !== undefined) this.#announced[index] = expected;
    });
  }

  /**
   * Cells that moved by more than 5 %, with their new expectation to four digits; remembers them as announced. Where
   * `touched` are given, by index, only those are looked at.
   */
  take(
    cells: readonly Cell[],
    expected: Float32Array,
    touched?: Int32Array,
  ): [cell: Cell, expected: number][] {
    this.#reserve(expected.length);
    const moved: [Cell, number][] = [];
    for (let i = 0; i < (touched ?? expected).length; i++) {
      const index = touched === undefined ? i : (touched[i] ?? 0);
      const now = expected[index] ?? 0;
      const before = this.#announced[index] ?? 0;
      if (Math.abs(now - before) <= MOVED_SHARE * before) continue;
      this.#announced[index] = now;
      moved.push([cells[index] ?? '', Number(now.toPrecision(4))]);
    }
    return moved;
  }

  #reserve(size: number): void {
    this.#size = Math.max(this.#size, size);
    if (this.#announced.length >= size) return;
    const longer = new Float32Array(Math.ceil(size * 1.5));
    longer.set(this.#announced);
    this.#announced = longer;
  }
}
