/** Flares: for an hour or three, one spot sees far more of one kind than usual. Without them nothing would ever emerge. */
import { HOUR_MS } from '../../shared/time.ts';
import { HAPPENINGS } from './happenings.ts';
import { PLACE_KINDS, type Places } from './places.ts';
import type { Point } from './plane.ts';
import { Random } from './random.ts';
import type { Occasion } from './rhythm.ts';
import { WeightedChoice } from './weighted-choice.ts';

interface Flare {
  occasion: Occasion;
  middle: Point;
  fromMs: number;
  toMs: number;
}

const SLOT_MS = 3 * HOUR_MS;
const FLARES_PER_SLOT = 2;
/** Of all that happens in the city while one lasts. */
const SHARE = 0.02;
const FLARING = HAPPENINGS.filter(({ severity, repeats }) => severity >= 2 && repeats >= 0.25);

/** Which flares there are depends on seed and time alone, so that they go on through a restart. */
export class Flares {
  readonly #places: Places;
  readonly #seed: number;
  readonly #slots = new Map<number, Flare[]>();

  constructor(seed: number, places: Places) {
    this.#seed = seed;
    this.#places = places;
  }

  /** What happens at a flare's address at this time; mostly `undefined`. */
  next(atMs: number, random: Random): { occasion: Occasion; address: Point } | undefined {
    const slot = Math.floor(atMs / SLOT_MS);
    for (const flare of [...this.#flaresOf(slot - 1), ...this.#flaresOf(slot)]) {
      if (atMs < flare.fromMs || atMs >= flare.toMs || !random.chance(SHARE)) continue;
      const address = this.#places.near(flare.middle, random.exponential(90), random);
      return { occasion: flare.occasion, address };
    }
    return undefined;
  }

  #flaresOf(slot: number): Flare[] {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    const random = new Random(this.#seed, 'flares', slot);
    const flares = Array.from({ length: FLARES_PER_SLOT }, (): Flare => {
      const happening = new WeightedChoice(FLARING.map((kind) => [kind, kind.share] as const)).choose(random);
      const kinds = PLACE_KINDS.map((kind) => [kind, happening.places[kind] ?? 0] as const);
      const place = new WeightedChoice(kinds).choose(random);
      const fromMs = slot * SLOT_MS + random.between(0, SLOT_MS);
      const middle = this.#places.somewhere(place, random);
      return {
        occasion: { happening, place },
        middle,
        fromMs,
        toMs: fromMs + random.between(1, 3) * HOUR_MS,
      };
    });
    if (this.#slots.size > 50) this.#slots.clear();
    this.#slots.set(slot, flares);
    return flares;
  }
}
