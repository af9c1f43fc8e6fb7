/** Finds what lies near a point without looking at the rest of the city. */
import type { Point } from './plane.ts';

export class PlaneIndex<Item> {
  readonly #squareMetres: number;
  readonly #squares = new Map<number, Item[]>();

  constructor(squareMetres: number) {
    this.#squareMetres = squareMetres;
  }

  add({ x, y }: Point, item: Item): void {
    const key = keyOf(this.#number(x), this.#number(y));
    const square = this.#squares.get(key);
    if (square === undefined) this.#squares.set(key, [item]);
    else square.push(item);
  }

  /** All that lies within so many metres, and some of what lies a little beyond; in the same order each time. */
  near({ x, y }: Point, metres: number): Item[] {
    const found: Item[] = [];
    for (let column = this.#number(x - metres); column <= this.#number(x + metres); column++) {
      for (let row = this.#number(y - metres); row <= this.#number(y + metres); row++) {
        for (const item of this.#squares.get(keyOf(column, row)) ?? []) found.push(item);
      }
    }
    return found;
  }

  #number(metres: number): number {
    return Math.floor(metres / this.#squareMetres);
  }
}

function keyOf(column: number, row: number): number {
  return column * 65_536 + row;
}
