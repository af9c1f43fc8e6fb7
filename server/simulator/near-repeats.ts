/** Near-repeats: what happened lately draws the next of its kind close in space and time (Johnson et al. 2007). */
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import type { Places } from './places.ts';
import type { Point } from './plane.ts';
import type { Random } from './random.ts';
import type { Occasion } from './rhythm.ts';

interface Precedent {
  atMs: number;
  address: Point;
}

const REMEMBERED = 3_000;
const SAME_ADDRESS = 0.35;
const MEAN_DISTANCE_METRES = 110;

export class NearRepeats {
  readonly #places: Places;
  /** Per occasion, in order of time; where it is full, the next overwrites the oldest. */
  readonly #precedents = new Map<Occasion, { ring: Precedent[]; oldest: number }>();

  constructor(places: Places) {
    this.#places = places;
  }

  remember(occasion: Occasion, precedent: Precedent): void {
    let memory = this.#precedents.get(occasion);
    if (memory === undefined) this.#precedents.set(occasion, (memory = { ring: [], oldest: 0 }));
    const { ring, oldest } = memory;
    if (ring.length < REMEMBERED) {
      ring.push(precedent);
    } else {
      ring[oldest] = precedent;
      memory.oldest = (oldest + 1) % REMEMBERED;
    }
  }

  /** Where the next repeats an earlier one, the address it falls on; `undefined` where it stands for itself. */
  next(occasion: Occasion, atMs: number, random: Random): Point | undefined {
    if (!random.chance(occasion.happening.repeats)) return undefined;
    const memory = this.#precedents.get(occasion);
    if (memory === undefined) return undefined;
    const delayMs = random.exponential(random.chance(0.5) ? 3 * HOUR_MS : 4 * DAY_MS);
    const { address } = precedentAt(memory.ring, memory.oldest, atMs - delayMs, random);
    if (random.chance(SAME_ADDRESS)) return address;
    return this.#places.near(address, random.exponential(MEAN_DISTANCE_METRES), random);
  }
}

/** The last before the time; any where all are later, so that a busy city, which forgets fast, repeats too. */
function precedentAt(ring: readonly Precedent[], oldest: number, timeMs: number, random: Random): Precedent {
  const inOrder = (place: number): Precedent => ring[(oldest + place) % ring.length] as Precedent;
  if (inOrder(0).atMs > timeMs) return inOrder(Math.floor(random.next() * ring.length));
  let low = 0;
  let high = ring.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (inOrder(middle).atMs <= timeMs) low = middle;
    else high = middle - 1;
  }
  return inOrder(low);
}
