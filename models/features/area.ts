/** The cells that are forecast: where incidents happened, in order of first appearance, with holes filled. */
import { neighbours, type Cell } from '../../shared/cell.ts';

export const MAX_NEIGHBOURS = 6;
/** A cell becomes part of the area when so many of its neighbours are. */
const NEIGHBOURS_TO_FILL = 5;
const OUTSIDE = -1;
/** Cells, 30 km²: what a park or a harbour has. A larger gap lies between two places. */
const LARGEST_HOLE = 300;

export class Area {
  readonly #cells: Cell[] = [];
  readonly #indices = new Map<Cell, number>();
  /** Of cells just outside, how many neighbours are inside. */
  readonly #border = new Map<Cell, number>();
  #neighbours = new Int32Array(64 * MAX_NEIGHBOURS);
  #closed = false;

  get cells(): readonly Cell[] {
    return this.#cells;
  }

  get size(): number {
    return this.#cells.length;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Takes in what is enclosed; from now on no cell joins: what is measured must not choose its own ground. */
  close(): void {
    const outside = new Set<Cell>();
    for (const start of [...this.#border.keys()]) {
      for (const cell of this.#enclosedFrom(start, outside)) this.take(cell);
    }
    this.#closed = true;
    this.#border.clear();
  }

  /** -1 outside. */
  indexOf(cell: Cell): number {
    return this.#indices.get(cell) ?? OUTSIDE;
  }

  /** Takes the cell in, and the holes that this closes; the index is -1 where the area is closed to it. */
  take(cell: Cell): number {
    const known = this.indexOf(cell);
    if (known !== OUTSIDE || this.#closed) return known;
    const waiting = [cell];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!this.#indices.has(next)) waiting.push(...this.#join(next));
    }
    return this.indexOf(cell);
  }

  /** Indices of the neighbours inside, of any cell; the array is only valid until the next call. */
  neighboursOf(cell: Cell, index = this.indexOf(cell)): Int32Array {
    if (index !== OUTSIDE) return this.neighbourRow(index);
    return Int32Array.from(neighbours(cell).map((other) => this.indexOf(other)));
  }

  /** Six indices, -1 where there is no neighbour inside. */
  neighbourRow(index: number): Int32Array {
    return this.#neighbours.subarray(index * MAX_NEIGHBOURS, (index + 1) * MAX_NEIGHBOURS);
  }

  /** The hole that a cell outside belongs to, or nothing where it leads into the open, which `outside` remembers. */
  #enclosedFrom(start: Cell, outside: Set<Cell>): Set<Cell> {
    const found = new Set([start]);
    for (const cell of found) {
      if (outside.has(cell) || found.size > LARGEST_HOLE) {
        for (const open of found) outside.add(open);
        return new Set();
      }
      for (const other of neighbours(cell)) if (!this.#indices.has(other)) found.add(other);
    }
    return this.#indices.has(start) ? new Set() : found;
  }

  /** Returns the cells outside that are now surrounded. */
  #join(cell: Cell): Cell[] {
    const index = this.#cells.push(cell) - 1;
    this.#indices.set(cell, index);
    this.#border.delete(cell);
    this.#reserve(index + 1);
    const row = this.neighbourRow(index).fill(OUTSIDE);
    const surrounded: Cell[] = [];
    neighbours(cell).forEach((other, side) => {
      const neighbour = this.indexOf(other);
      if (neighbour !== OUTSIDE) {
        row[side] = neighbour;
        const back = this.neighbourRow(neighbour);
        back[back.indexOf(OUTSIDE)] = index;
        return;
      }
      const inside = (this.#border.get(other) ?? 0) + 1;
      this.#border.set(other, inside);
      if (inside >= NEIGHBOURS_TO_FILL) surrounded.push(other);
    });
    return surrounded;
  }

  #reserve(cells: number): void {
    if (cells * MAX_NEIGHBOURS <= this.#neighbours.length) return;
    const grown = new Int32Array(this.#neighbours.length * 2);
    grown.set(this.#neighbours);
    this.#neighbours = grown;
  }
}
