/** Smooth noise over the plane: near points are alike, far ones have nothing to do with each other. */
import type { Point } from './plane.ts';
import { Random } from './random.ts';

export class Noise {
  readonly #seed: readonly (number | string)[];
  readonly #wavelengthMetres: number;
  readonly #corners = new Map<number, number>();

  /** Equal names of equal seeds give equal noise. */
  constructor(seed: number, name: string, wavelengthMetres: number) {
    this.#seed = [seed, 'noise', name];
    this.#wavelengthMetres = wavelengthMetres;
  }

  /** Between −1 and 1, 0 on average: value noise, eased between random corners of a square lattice. */
  at({ x, y }: Point): number {
    const u = x / this.#wavelengthMetres;
    const v = y / this.#wavelengthMetres;
    const column = Math.floor(u);
    const row = Math.floor(v);
    const across = ease(u - column);
    const up = ease(v - row);
    const south = mix(this.#corner(column, row), this.#corner(column + 1, row), across);
    const north = mix(this.#corner(column, row + 1), this.#corner(column + 1, row + 1), across);
    return mix(south, north, up);
  }

  #corner(column: number, row: number): number {
    const key = column * 65_536 + row;
    let value = this.#corners.get(key);
    if (value === undefined) {
      value = new Random(...this.#seed, column, row).between(-1, 1);
      this.#corners.set(key, value);
    }
    return value;
  }
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}
