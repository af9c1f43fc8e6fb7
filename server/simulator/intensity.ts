/** How much is expected where and when in a city that follows its week and in which nothing draws the next: what a detector of clusters is calibrated on. */
import type { Cell } from '../../shared/cell.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { Places } from './places.ts';
import { frequency, OCCASIONS, type Occasion } from './rhythm.ts';
import { PLACE_KINDS, type PlaceKind } from './street-life.ts';
import { MEAN_FREQUENCY } from './telling.ts';

export class Intensity {
  readonly #shares: ReadonlyMap<PlaceKind, ReadonlyMap<Cell, number>>;
  readonly #perSecond: number;

  /** Of a city with these places, without near-repeats, at `weeklyRate(perSecond)`. */
  constructor(places: Places, perSecond: number) {
    this.#shares = new Map(PLACE_KINDS.map((kind) => [kind, places.sharesByCell(kind)]));
    this.#perSecond = perSecond;
  }

  /** Incidents expected in each cell to occur within one hour of the week; an occasion counts as much as `counts` says. */
  inHour(hourOfWeek: number, counts: (occasion: Occasion) => number = () => 1): Map<Cell, number> {
    const expected = new Map<Cell, number>();
    const perHour = (this.#perSecond * HOUR_MS) / 1_000 / MEAN_FREQUENCY;
    for (const kind of PLACE_KINDS) {
      const here = OCCASIONS.filter(({ place }) => place === kind);
      const happening = here.reduce(
        (sum, occasion) => sum + perHour * frequency(occasion, hourOfWeek) * counts(occasion),
        0,
      );
      for (const [cell, share] of this.#shares.get(kind) ?? []) {
        expected.set(cell, (expected.get(cell) ?? 0) + happening * share);
      }
    }
    return expected;
  }
}
