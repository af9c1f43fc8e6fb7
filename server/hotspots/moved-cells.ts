/** Which cells' expectations moved since they were last announced. */
import type { Cell } from '../../shared/cell.ts';

const MOVED_SHARE = 0.05;

/** One per force, theme and horizon. */
export class MovedCells {
  #announced = new Float32Array(0);

  /**
   * Cells that moved by more than 5 %, with their new expectation to four digits; remembers them as announced. Where
   * `touched` are given, by index, only those are looked at.
   */
  take(
    cells: readonly Cell[],
    expected: Float32Array,
    touched?: Int32Array,
  ): [cell: Cell, expected: number][] {
    if (this.#announced.length < expected.length) {
      const longer = new Float32Array(Math.ceil(expected.length * 1.5));
      longer.set(this.#announced);
      this.#announced = longer;
    }
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
}
