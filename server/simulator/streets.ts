/** Streets: a made-up net whose blocks lie differently in each quarter, so that points line up as addresses do. */
import type { Point } from './plane.ts';
import { Random } from './random.ts';

const QUARTER_METRES = 850;
const HOUSE_METRES = 14;

interface Quarter {
  cosine: number;
  sine: number;
  /** Between parallel streets. */
  blockMetres: number;
  centre: Point;
}

export class Streets {
  readonly #seed: number;
  readonly #quarters = new Map<string, Quarter>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The address nearest to the point: on a street, at one of the houses along it. */
  addressNear(point: Point): Point {
    const { cosine, sine, blockMetres, centre } = this.#quarterOf(point);
    const x = point.x - centre.x;
    const y = point.y - centre.y;
    const along = { u: x * cosine + y * sine, v: y * cosine - x * sine };
    const streetU = Math.round(along.u / blockMetres) * blockMetres;
    const streetV = Math.round(along.v / (blockMetres * 1.7)) * blockMetres * 1.7; // blocks are longer than wide
    const isOnU = Math.abs(along.u - streetU) < Math.abs(along.v - streetV);
    const u = isOnU ? streetU : Math.round(along.u / HOUSE_METRES) * HOUSE_METRES;
    const v = isOnU ? Math.round(along.v / HOUSE_METRES) * HOUSE_METRES : streetV;
    return { x: centre.x + u * cosine - v * sine, y: centre.y + u * sine + v * cosine };
  }

  #quarterOf({ x, y }: Point): Quarter {
    const column = Math.floor(x / QUARTER_METRES);
    const row = Math.floor(y / QUARTER_METRES);
    const key = `${column} ${row}`;
    const known = this.#quarters.get(key);
    if (known !== undefined) return known;
    const random = new Random(this.#seed, 'streets', key);
    const angle = random.between(0, Math.PI / 2);
    const quarter = {
      cosine: Math.cos(angle),
      sine: Math.sin(angle),
      blockMetres: random.between(65, 120),
      centre: { x: (column + 0.5) * QUARTER_METRES, y: (row + 0.5) * QUARTER_METRES },
    };
    this.#quarters.set(key, quarter);
    return quarter;
  }
}
