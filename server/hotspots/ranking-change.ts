/** Whether new expectations of some cells change what was last announced of a ranking. */

/** As for the cells that moved: less is not told between ticks. */
const CHANGED_SHARE = 0.05;

/** One per force, theme and horizon. */
export class RankingChange {
  readonly #announced = new Map<number, number>();
  #lowest = Infinity;

  /** Remembers the hotspots, by index into `expected`, as announced. */
  announced(hotspots: Int32Array, expected: Float32Array): void {
    this.#announced.clear();
    this.#lowest = hotspots.length === 0 ? 0 : Infinity;
    for (const index of hotspots) {
      const value = expected[index] ?? 0;
      this.#announced.set(index, value);
      this.#lowest = Math.min(this.#lowest, value);
    }
  }

  /** True where a hotspot moved by more than 5 %, or another cell now expects more than the last of them. */
  isChangedBy(touched: Int32Array, expected: Float32Array): boolean {
    return touched.some((index) => {
      const now = expected[index] ?? 0;
      const before = this.#announced.get(index);
      return before === undefined ? now > this.#lowest : Math.abs(now - before) > CHANGED_SHARE * before;
    });
  }
}
