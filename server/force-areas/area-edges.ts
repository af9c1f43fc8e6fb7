/** One area's borders in rows of latitude: whether a point lies inside is asked of its row's edges only. */
import type { Polygons } from './polygons.ts';

/** A tenth of a millimetre: a point so near to an edge lies on it, whatever rounding says. */
export const ON_EDGE_DEGREES = 1e-9;
const EDGES_PER_ROW = 8;
const MOST_ROWS = 4_096;
/** Numbers per edge in a row: x and y of its lower end, x and y of its upper end. */
const STRIDE = 4;

export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** From its lower end to its upper one, so that two areas that share it reckon alike. */
export type Edge = readonly [lowX: number, lowY: number, highX: number, highY: number];

export class AreaEdges {
  readonly box: Box;
  /** Every edge, each once. */
  readonly edges: readonly Edge[];
  readonly #rows: readonly Float64Array[];
  readonly #rowsPerDegree: number;

  constructor(polygons: Polygons) {
    this.edges = edgesOf(polygons);
    this.box = boxOf(this.edges);
    const count = Math.max(1, Math.min(MOST_ROWS, Math.ceil(this.edges.length / EDGES_PER_ROW)));
    this.#rowsPerDegree = count / (this.box.north - this.box.south);
    const rows = Array.from({ length: count }, (): number[] => []);
    for (const edge of this.edges) {
      const last = this.#rowAt(edge[3] + ON_EDGE_DEGREES, count);
      for (let row = this.#rowAt(edge[1] - ON_EDGE_DEGREES, count); row <= last; row++)
        rows[row]?.push(...edge);
    }
    this.#rows = rows.map((row) => Float64Array.from(row));
  }

  /**
   * By the even-odd rule: holes are outside. Of a border that two areas share with the same corners,
   * each point lies in exactly one of them.
   */
  contains(longitude: number, latitude: number): boolean {
    const { south, west, north, east } = this.box;
    if (latitude < south || latitude > north || longitude < west || longitude > east) return false;
    const row = this.#rows[this.#rowAt(latitude, this.#rows.length)] ?? NO_EDGES;
    let inside = false;
    for (let at = 0; at < row.length; at += STRIDE) {
      const lowY = row[at + 1] ?? 0;
      const highY = row[at + 3] ?? 0;
      if (lowY > latitude || highY <= latitude) continue;
      const lowX = row[at] ?? 0;
      const crossing = lowX + ((latitude - lowY) * ((row[at + 2] ?? 0) - lowX)) / (highY - lowY);
      if (longitude < crossing) inside = !inside;
    }
    return inside;
  }

  /** Whether the point lies on a border. */
  touches(longitude: number, latitude: number): boolean {
    const row = this.#rows[this.#rowAt(latitude, this.#rows.length)] ?? NO_EDGES;
    for (let at = 0; at < row.length; at += STRIDE) {
      const [x, y] = [row[at] ?? 0, row[at + 1] ?? 0];
      const [dx, dy] = [(row[at + 2] ?? 0) - x, (row[at + 3] ?? 0) - y];
      const along = ((longitude - x) * dx + (latitude - y) * dy) / (dx * dx + dy * dy);
      const near = Math.max(0, Math.min(1, along));
      const distance = Math.hypot(longitude - x - near * dx, latitude - y - near * dy);
      if (distance <= ON_EDGE_DEGREES) return true;
    }
    return false;
  }

  #rowAt(latitude: number, count: number): number {
    const row = Math.floor((latitude - this.box.south) * this.#rowsPerDegree);
    return Math.max(0, Math.min(count - 1, row));
  }
}

const NO_EDGES = new Float64Array(0);

function edgesOf(polygons: Polygons): Edge[] {
  const edges: Edge[] = [];
  for (const ring of polygons.flat()) {
    ring.forEach(([x, y], index) => {
      const [beforeX, beforeY] = ring[index - 1] ?? [x, y];
      if (beforeX === x && beforeY === y) return;
      const rises = beforeY < y || (beforeY === y && beforeX < x);
      edges.push(rises ? [beforeX, beforeY, x, y] : [x, y, beforeX, beforeY]);
    });
  }
  return edges;
}

function boxOf(edges: readonly Edge[]): Box {
  const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
  for (const [lowX, lowY, highX, highY] of edges) {
    box.south = Math.min(box.south, lowY);
    box.north = Math.max(box.north, highY);
    box.west = Math.min(box.west, lowX, highX);
    box.east = Math.max(box.east, lowX, highX);
  }
  return box;
}
