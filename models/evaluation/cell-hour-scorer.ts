/** Counts the incidents in the best cell-hours of a week, as they were chosen before it began. */
import type { BlockSums } from './bootstrap.ts';
import { AREA_SHARES } from './ranking.ts';
import { ofShare } from './scores.ts';

/** What happened in the hours of one week. */
export interface WeekOutcome {
  /** Per hour, the day of the test it lies in. */
  days: readonly number[];
  /** Hours × cells. */
  observed: Uint16Array;
}

export class CellHourScorer {
  /** Per day: incidents, then those in the best cell-hours at each share. */
  readonly sums: BlockSums;

  constructor(days: number) {
    this.sums = Array.from({ length: days }, () => new Float64Array(1 + AREA_SHARES.length));
  }

  /**
   * `expected`: hours × cells, as it was when the week began. As many cell-hours are chosen as the share allows; where
   * the last places could go to several of the same expectation, each counts by the chance that it is chosen.
   */
  add(expected: Float32Array, { days, observed }: WeekOutcome): void {
    const cells = observed.length / days.length;
    const ascending = expected.slice().sort();
    const chances = AREA_SHARES.map((share) => chanceOfChoice(ascending, share));
    observed.forEach((count, i) => {
      const sums = this.sums[days[Math.floor(i / cells)] ?? -1];
      if (count === 0 || sums === undefined) return;
      sums[0] = (sums[0] ?? 0) + count;
      chances.forEach((chance, s) => {
        sums[s + 1] = (sums[s + 1] ?? 0) + count * chance(expected[i] ?? 0);
      });
    });
  }
}

/** How likely a cell-hour of so much expectation is among the best. */
function chanceOfChoice(ascending: Float32Array, share: number): (expected: number) => number {
  const places = Math.max(1, Math.floor(share * ascending.length));
  const lowest = ascending[ascending.length - places] ?? Infinity;
  const upTo = countWhere(ascending, (value) => value <= lowest);
  const above = ascending.length - upTo;
  const equal = upTo - countWhere(ascending, (value) => value < lowest);
  return (expected) => (expected > lowest ? 1 : expected === lowest ? (places - above) / equal : 0);
}

/** How many of the first values are so; all those after them are not. */
function countWhere(ascending: Float32Array, isSo: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(ascending[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function cellHourFigures(total: Float64Array): Record<string, number> {
  return Object.fromEntries(
    AREA_SHARES.map((share, s) => [
      ofShare('cellHourHitRate', share),
      (total[s + 1] ?? NaN) / (total[0] ?? NaN),
    ]),
  );
}
