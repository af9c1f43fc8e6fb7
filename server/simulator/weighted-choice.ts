/** Chooses one of several in proportion to weights. */
import type { Random } from './random.ts';

export class WeightedChoice<Item> {
  readonly #items: readonly Item[];
  readonly #upTo: Float64Array;
  /** The sum of all weights. */
  readonly total: number;

  /** Throws `RangeError` where no weight is positive. */
  constructor(weighted: Iterable<readonly [Item, number]>) {
    const pairs = [...weighted].filter(([, weight]) => weight > 0);
    let sum = 0;
    this.#items = pairs.map(([item]) => item);
    this.#upTo = Float64Array.from(pairs, ([, weight]) => (sum += weight));
    this.total = sum;
    if (!(sum > 0)) throw new RangeError('nothing to choose from');
  }

  /** Every item that can be chosen, with how often it is: all shares make 1. */
  *shares(): Generator<readonly [Item, number]> {
    for (const [at, item] of this.#items.entries()) {
      yield [item, ((this.#upTo[at] ?? 0) - (this.#upTo[at - 1] ?? 0)) / this.total];
    }
  }

  choose(random: Random): Item {
    const target = random.next() * this.total;
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return this.#items[low] as Item; // the constructor made sure that there is one
  }
}
