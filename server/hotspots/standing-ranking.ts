/** A ranking as it was last announced: tells whether new expectations of some cells change it, and ranks those anew. */
import type { Cell } from '../../shared/cell.ts';
import { hotspotCount, rankHotspots, type RankedCell } from './rank.ts';

/** As for the cells that moved: less is not told between ticks. */
const CHANGED_SHARE = 0.05;

/** One per force, theme and horizon. */
export class StandingRanking {
  readonly #announced = new Map<number, number>();
  #last: RankedCell | undefined;
  /** Where the expectations lay: computed anew they lie elsewhere, and any cell's may be another. */
  #buffer: ArrayBufferLike | undefined;

  /**
   * Ranks for an announcement: all cells, or, where no others have changed since the last, those touched and what was
   * announced. Cost: cells, or touched ones and hotspots.
   */
  rank(cells: readonly Cell[], expected: Float32Array, touched?: Int32Array): RankedCell[] {
    const ranked = this.#rankedAgain(cells, expected, touched) ?? rankHotspots(cells, expected);
    this.#announced.clear();
    for (const hotspot of ranked) this.#announced.set(hotspot.index, hotspot.expected);
    this.#last = ranked.at(-1);
    this.#buffer = expected.buffer;
    return ranked;
  }

  /** What was announced is not known to be the highest any more. */
  forget(): void {
    this.#announced.clear();
    this.#last = undefined;
  }

  /** True where a hotspot moved by more than 5 %, or another cell now expects what the last of them does, or more. */
  isChangedBy(touched: Int32Array, expected: Float32Array): boolean {
    const lowest = this.#last?.expected ?? 0;
    return touched.some((index) => {
      const now = expected[index] ?? 0;
      const before = this.#announced.get(index);
      // Of equal ones the cell's name decides, so that one may have to come in.
      if (before === undefined) return now > 0 && now >= lowest;
      return Math.abs(now - before) > CHANGED_SHARE * before;
    });
  }

  /** `undefined` where a cell that was neither touched nor a hotspot might have become one. */
  #rankedAgain(
    cells: readonly Cell[],
    expected: Float32Array,
    touched?: Int32Array,
  ): RankedCell[] | undefined {
    const last = this.#last;
    if (touched === undefined || last === undefined || this.#buffer !== expected.buffer) return undefined;
    if (this.#announced.size < hotspotCount(expected.length)) return undefined;
    const ranked = rankHotspots(cells, expected, new Set([...this.#announced.keys(), ...touched]));
    const lowest = ranked.at(-1);
    if (lowest === undefined || ranked.length < this.#announced.size) return undefined;
    // All others expect what the last did, or less.
    const isAbove = lowest.expected > last.expected;
    return isAbove || (lowest.index === last.index && lowest.expected === last.expected) ? ranked : undefined;
  }
}
