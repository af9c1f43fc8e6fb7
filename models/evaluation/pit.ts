/** Whether counts fall everywhere in their forecast distribution alike: the randomised probability integral transform. */
import { chanceWithin } from '../interval.ts';
import type { BlockSums } from './bootstrap.ts';
import { seededRandom } from './seeded-random.ts';

/** Bins of a fortieth, so that 2.5 %, 10 %, 90 % and 97.5 % lie on their edges. */
export const PIT_BINS = 40;
const SEED = 2009;

/**
 * u = P(X < n) + v · P(X = n), v uniform: uniform itself where the forecast distribution is right (Czado, Gneiting &
 * Held 2009). Counts are whole and mostly zero, so intervals cannot hold just 80 % of them, but u can.
 */
export class Pit {
  readonly sums: BlockSums;
  readonly #dispersion: number;
  readonly #random = seededRandom(SEED);

  constructor(dispersion: number, blocks: number) {
    this.#dispersion = dispersion;
    this.sums = Array.from({ length: blocks }, () => new Float64Array(PIT_BINS));
  }

  add(block: number, expected: number, observed: number): void {
    const sums = this.sums[block];
    if (sums === undefined) throw new RangeError(`there is no block ${String(block)}`);
    const chance = (lower: number, upper: number): number =>
      chanceWithin({ lower, upper }, expected, this.#dispersion);
    const u = chance(0, observed - 1) + this.#random() * chance(observed, observed);
    const bin = Math.min(PIT_BINS - 1, Math.floor(u * PIT_BINS));
    sums[bin] = (sums[bin] ?? 0) + 1;
  }
}

/** Shares of u in the middle 80 % and 95 %, which is what should be there, and in each bin. */
export function pitFigures(total: Float64Array): Record<string, number> {
  const all = sum(total);
  const middle = (tailBins: number): number => sum(total.subarray(tailBins, PIT_BINS - tailBins)) / all;
  return {
    coverage80: middle(PIT_BINS / 10),
    coverage95: middle(PIT_BINS / 40),
    ...Object.fromEntries([...total].map((count, bin) => [String(bin), count / all])),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
