/** How far a figure may be off by chance: the days of the test are drawn again, with replacement, many times over. */
import { seededRandom } from './seeded-random.ts';

/** What adds up to a figure, day by day: an entry per block of time, all of the same width. */
export type BlockSums = readonly Float64Array[];

/** A figure, and what it would have been in each drawing. */
export interface Measured {
  value: number;
  draws: Float64Array;
}

/** Low and high end of a 95 % interval. */
export type Interval95 = [low: number, high: number];

export const DRAWS = 1000;
const SEED = 20_041_944;

/**
 * How often each block is drawn in each drawing (Efron 1979). The same for every method, so that differences between
 * methods are paired; whole days, since a day's windows are not independent of each other.
 */
export class Resamples {
  readonly #timesDrawn: Uint16Array[];

  constructor(blocks: number, draws = DRAWS) {
    const random = seededRandom(SEED);
    this.#timesDrawn = Array.from({ length: draws }, () => {
      const times = new Uint16Array(blocks);
      for (let i = 0; i < blocks; i++) {
        const block = Math.floor(random() * blocks);
        times[block] = (times[block] ?? 0) + 1;
      }
      return times;
    });
  }

  /** Figures of the sums over all blocks, and of those over each drawing. */
  measure<Name extends string>(
    sums: BlockSums,
    figuresOf: (total: Float64Array) => Record<Name, number>,
  ): Record<Name, Measured> {
    const figures = figuresOf(totalOf(sums));
    const names = Object.keys(figures) as Name[];
    const draws = this.#timesDrawn.map((times) => figuresOf(totalOf(sums, times)));
    return Object.fromEntries(
      names.map((name) => [
        name,
        { value: figures[name], draws: Float64Array.from(draws, (drawn) => drawn[name]) },
      ]),
    ) as Record<Name, Measured>;
  }
}

/** Over all blocks, each counted as often as it was drawn; once where nothing is said. */
export function totalOf(sums: BlockSums, times?: Uint16Array): Float64Array {
  const total = new Float64Array(sums[0]?.length ?? 0);
  sums.forEach((block, b) => {
    const weight = times === undefined ? 1 : (times[b] ?? 0);
    if (weight === 0) return;
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + weight * (block[i] ?? 0);
  });
  return total;
}

/** From the 2.5 % to the 97.5 % quantile of the drawings; those in which the figure has no value are left out. */
export function interval95({ draws }: Measured): Interval95 {
  const sorted = draws.filter(Number.isFinite).sort();
  const at = (p: number): number => {
    const position = p * (sorted.length - 1);
    const below = sorted[Math.floor(position)] ?? NaN;
    const above = sorted[Math.ceil(position)] ?? NaN;
    return below + (above - below) * (position - Math.floor(position));
  };
  return [at(0.025), at(0.975)];
}

/** Drawing by drawing, so that what a drawing's days have in common cancels out. */
export function difference(one: Measured, other: Measured): Measured {
  return {
    value: one.value - other.value,
    draws: one.draws.map((value, draw) => value - (other.draws[draw] ?? NaN)),
  };
}
