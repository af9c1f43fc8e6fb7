/** Finds the force whose area holds a point: a grid answers at once, but for the squares that a border crosses. */
import { UNASSIGNED, type Force, type ForceSlug } from '../../shared/force.ts';
import { AreaEdges, ON_EDGE_DEGREES, type Box, type Edge } from './area-edges.ts';
import { squareKilometres, type Polygons } from './polygons.ts';

export interface ForceArea {
  force: ForceSlug;
  polygons: Polygons;
}

/** Squares along the longer side of the grid: 43 areas then have a border in about every twentieth. */
const SQUARES = 512;

interface Indexed {
  force: ForceSlug;
  area: AreaEdges;
}

/** A square that borders cross: the areas in question, the smallest first. */
interface BorderSquare {
  candidates: readonly (Indexed & { covers: boolean })[];
}

/** An area that holds the whole square, `undefined` where none does, or what to look at more closely. */
type Square = Force | BorderSquare;

/**
 * Where areas overlap, the smaller one has the point: a city within a county that was not cut out for it.
 * A point on a border that two areas share belongs to exactly one, on an outer border to the area.
 */
export class AreaIndex {
  readonly #areas: readonly Indexed[];
  readonly #box: Box;
  readonly #squaresPerDegree: number;
  readonly #columns: number;
  readonly #squares: readonly Square[];

  constructor(areas: readonly ForceArea[]) {
    this.#areas = areas
      .map(({ force, polygons }) => ({ force, polygons, size: squareKilometres(polygons) }))
      .sort((one, other) => one.size - other.size)
      .map(({ force, polygons }) => ({ force, area: new AreaEdges(polygons) }));
    this.#box = around(this.#areas.map(({ area }) => area.box));
    const { south, west, north, east } = this.#box;
    this.#squaresPerDegree = SQUARES / Math.max(north - south, east - west);
    this.#columns = this.#columnAt(east) + 1;
    this.#squares = this.#areas.length === 0 ? [] : this.#fill();
  }

  /** `unassigned` where no area holds the point. */
  forceAt(latitude: number, longitude: number): Force {
    const { south, west, north, east } = this.#box;
    if (!(latitude >= south && latitude <= north && longitude >= west && longitude <= east))
      return UNASSIGNED;
    const square = this.#squares[this.#rowAt(latitude) * this.#columns + this.#columnAt(longitude)];
    if (square === undefined || typeof square === 'string') return square ?? UNASSIGNED;
    return (
      (
        square.candidates.find(({ covers, area }) => covers || area.contains(longitude, latitude)) ??
        square.candidates.find(({ area }) => area.touches(longitude, latitude))
      )?.force ?? UNASSIGNED
    );
  }

  /** The one answer for every point of the box, or `undefined` where a border may cross it. */
  forceThroughout({ south, west, north, east }: Box): Force | undefined {
    const box = this.#box;
    if (north < box.south || south > box.north || east < box.west || west > box.east) return UNASSIGNED;
    if (south < box.south || north > box.north || west < box.west || east > box.east) return undefined;
    const first = this.#squares[this.#rowAt(south) * this.#columns + this.#columnAt(west)];
    if (typeof first !== 'string') return undefined;
    for (let row = this.#rowAt(south); row <= this.#rowAt(north); row++) {
      for (let column = this.#columnAt(west); column <= this.#columnAt(east); column++) {
        if (this.#squares[row * this.#columns + column] !== first) return undefined;
      }
    }
    return first;
  }

  #fill(): Square[] {
    const touching = this.#touchingAreas();
    const squares: Square[] = [];
    for (let row = 0; row <= this.#rowAt(this.#box.north); row++) {
      let before: Square | undefined;
      for (let column = 0; column < this.#columns; column++) {
        const touched = touching.get(row * this.#columns + column);
        const centre = [this.#westOf(column + 0.5), this.#southOf(row + 0.5)] as const;
        // Between two squares without a border nothing changes.
        if (touched !== undefined) before = this.#borderSquare(touched, ...centre);
        else if (typeof before !== 'string') {
          before = this.#areas.find(({ area }) => area.contains(...centre))?.force ?? UNASSIGNED;
        }
        squares.push(before);
      }
    }
    return squares;
  }

  #borderSquare(touched: ReadonlySet<AreaEdges>, longitude: number, latitude: number): BorderSquare {
    const candidates: BorderSquare['candidates'][number][] = [];
    for (const { force, area } of this.#areas) {
      const covers = !touched.has(area) && area.contains(longitude, latitude);
      if (covers || touched.has(area)) candidates.push({ force, area, covers });
      if (covers) break;
    }
    return { candidates };
  }

  /** By number of the square, the areas that have an edge in it. */
  #touchingAreas(): Map<number, Set<AreaEdges>> {
    const touching = new Map<number, Set<AreaEdges>>();
    for (const { area } of this.#areas) {
      for (const square of area.edges.flatMap((edge) => this.#squaresAlong(edge))) {
        const areas = touching.get(square);
        if (areas === undefined) touching.set(square, new Set([area]));
        else areas.add(area);
      }
    }
    return touching;
  }

  #squaresAlong([lowX, lowY, highX, highY]: Edge): number[] {
    const squares: number[] = [];
    const xAt = (latitude: number): number => {
      const along = (latitude - lowY) / (highY - lowY);
      return lowX + Math.max(0, Math.min(1, along)) * (highX - lowX);
    };
    const last = this.#rowAt(highY + ON_EDGE_DEGREES);
    for (let row = this.#rowAt(lowY - ON_EDGE_DEGREES); row <= last; row++) {
      const [one, other] =
        lowY === highY
          ? [lowX, highX]
          : [xAt(this.#southOf(row) - ON_EDGE_DEGREES), xAt(this.#southOf(row + 1) + ON_EDGE_DEGREES)];
      const to = this.#columnAt(Math.max(one, other) + ON_EDGE_DEGREES);
      for (let column = this.#columnAt(Math.min(one, other) - ON_EDGE_DEGREES); column <= to; column++)
        squares.push(row * this.#columns + column);
    }
    return squares;
  }

  #rowAt(latitude: number): number {
    return Math.floor((latitude - this.#box.south) * this.#squaresPerDegree);
  }

  #columnAt(longitude: number): number {
    return Math.floor((longitude - this.#box.west) * this.#squaresPerDegree);
  }

  #southOf(row: number): number {
    return this.#box.south + row / this.#squaresPerDegree;
  }

  #westOf(column: number): number {
    return this.#box.west + column / this.#squaresPerDegree;
  }
}

/** With a rim, so that what lies on an outer border lies in the grid. */
function around(boxes: readonly Box[]): Box {
  const rim = 2 * ON_EDGE_DEGREES;
  return {
    south: Math.min(...boxes.map(({ south }) => south)) - rim,
    west: Math.min(...boxes.map(({ west }) => west)) - rim,
    north: Math.max(...boxes.map(({ north }) => north)) + rim,
    east: Math.max(...boxes.map(({ east }) => east)) + rim,
  };
}
