/** The cells as baselines measure them: their centres on a plane in metres, and which lie near a point. */
import { cellCentre, type Cell } from '../../../shared/cell.ts';

const EARTH_RADIUS_METRES = 6_371_009;
const METRES_PER_DEGREE = (EARTH_RADIUS_METRES * Math.PI) / 180;
/** About a cell across. */
const SQUARE_METRES = 350;
// However far apart the cells lie.
const MOST_SQUARES_A_SIDE = 2_000;

/** `[latitude, longitude]` in degrees. */
export type Place = readonly [number, number];

export class Ground {
  readonly cells: readonly Cell[];
  /** Of the cells' centres. */
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly #southWest: Place;
  readonly #metresPerDegreeEast: number;
  readonly #squareMetres: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Cell indices, square after square; those of square s begin at starts[s]. */
  readonly #bySquare: Uint32Array;
  readonly #starts: Uint32Array;

  constructor(cells: readonly Cell[]) {
    this.cells = cells;
    const centres = cells.map(cellCentre);
    const [south, north] = range(centres.map(([latitude]) => latitude));
    const [west, east] = range(centres.map(([, longitude]) => longitude));
    this.#southWest = [south, west];
    this.#metresPerDegreeEast = METRES_PER_DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180);
    this.east = Float64Array.from(centres, (centre) => this.eastOf(centre));
    this.north = Float64Array.from(centres, (centre) => this.northOf(centre));
    const [width, height] = [this.eastOf([north, east]), this.northOf([north, east])];
    this.#squareMetres = Math.max(SQUARE_METRES, Math.max(width, height) / MOST_SQUARES_A_SIDE);
    this.#columns = Math.floor(width / this.#squareMetres) + 1;
    this.#rows = Math.floor(height / this.#squareMetres) + 1;
    const squares = Uint32Array.from(cells, (_, cell) => this.#squareOf(cell));
    this.#bySquare = Uint32Array.from(cells, (_, cell) => cell).sort(
      (a, b) => (squares[a] ?? 0) - (squares[b] ?? 0) || a - b,
    );
    this.#starts = new Uint32Array(this.#columns * this.#rows + 1);
    for (const square of squares) this.#starts[square + 1] = (this.#starts[square + 1] ?? 0) + 1;
    for (let s = 1; s < this.#starts.length; s++) {
      this.#starts[s] = (this.#starts[s] ?? 0) + (this.#starts[s - 1] ?? 0);
    }
  }

  get size(): number {
    return this.cells.length;
  }

  /** Metres, on a plane that is true to scale in the middle of the area. */
  eastOf([, longitude]: Place): number {
    return (longitude - this.#southWest[1]) * this.#metresPerDegreeEast;
  }

  northOf([latitude]: Place): number {
    return (latitude - this.#southWest[0]) * METRES_PER_DEGREE;
  }

  /** Tells of each cell whose centre is nearer than the radius, with the square of its distance. */
  forEachNear(
    east: number,
    north: number,
    radiusMetres: number,
    visit: (cell: number, squaredMetres: number) => void,
  ): void {
    const limit = radiusMetres * radiusMetres;
    const square = (metres: number): number => Math.floor(metres / this.#squareMetres);
    const firstColumn = Math.max(0, square(east - radiusMetres));
    const lastColumn = Math.min(this.#columns - 1, square(east + radiusMetres));
    const firstRow = Math.max(0, square(north - radiusMetres));
    const lastRow = Math.min(this.#rows - 1, square(north + radiusMetres));
    if (firstColumn > lastColumn) return;
    for (let row = firstRow; row <= lastRow; row++) {
      const end = this.#starts[row * this.#columns + lastColumn + 1] ?? 0;
      for (let i = this.#starts[row * this.#columns + firstColumn] ?? 0; i < end; i++) {
        const cell = this.#bySquare[i] ?? 0;
        const dEast = (this.east[cell] ?? 0) - east;
        const dNorth = (this.north[cell] ?? 0) - north;
        const squaredMetres = dEast * dEast + dNorth * dNorth;
        if (squaredMetres < limit) visit(cell, squaredMetres);
      }
    }
  }

  #squareOf(cell: number): number {
    const column = Math.floor((this.east[cell] ?? 0) / this.#squareMetres);
    const row = Math.floor((this.north[cell] ?? 0) / this.#squareMetres);
    return row * this.#columns + column;
  }
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
