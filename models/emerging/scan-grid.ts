/** The cells that are scanned, each with its neighbourhood, found once and kept. */
import { cellsByDistance, type Cell } from '../../shared/cell.ts';
import { CELLS_WITHIN, LARGEST_DISK, MAX_RINGS } from './scan-windows.ts';

const NONE = -1;

export class ScanGrid {
  readonly #cells: Cell[] = [];
  readonly #indices = new Map<Cell, number>();
  /** Cells × `LARGEST_DISK`, filled when first asked for. */
  #disks = new Int32Array(64 * LARGEST_DISK);
  readonly #filled: boolean[] = [];
  #anyFilled = false;

  /** In order of taking in, which is the order of every array by index. */
  get cells(): readonly Cell[] {
    return this.#cells;
  }

  /** -1 for a cell that was not taken in. */
  indexOf(cell: Cell): number {
    return this.#indices.get(cell) ?? NONE;
  }

  /** Takes the cell in, if it is not there yet, and returns its index. */
  take(cell: Cell): number {
    const known = this.#indices.get(cell);
    if (known !== undefined) return known;
    const index = this.#cells.push(cell) - 1;
    this.#indices.set(cell, index);
    this.#filled.push(false);
    if (this.#cells.length * LARGEST_DISK > this.#disks.length) {
      const grown = new Int32Array(this.#disks.length * 2);
      grown.set(this.#disks);
      this.#disks = grown;
    }
    // Before the first scan nobody has neighbours to be told of.
    if (this.#anyFilled) this.#joinRows(cell, index);
    return index;
  }

  /** A forecast's values in this grid's order; cells it has not are taken in. */
  arranged(cells: readonly Cell[], values: Float32Array): Float32Array {
    const indices = Int32Array.from(cells, (cell) => this.take(cell));
    const arranged = new Float32Array(this.#cells.length);
    indices.forEach((index, i) => (arranged[index] = values[i] ?? 0));
    return arranged;
  }

  /**
   * Indices of the cells within `MAX_RINGS`, the nearest first: those within k rings are the first `CELLS_WITHIN[k]`.
   * -1 where there is no cell. The array is only valid until the next `take`.
   */
  disk(index: number): Int32Array {
    const row = this.#disks.subarray(index * LARGEST_DISK, (index + 1) * LARGEST_DISK);
    if (this.#filled[index] === true) return row;
    this.#filled[index] = this.#anyFilled = true;
    row.fill(NONE);
    this.#rings(index).forEach((ring, distance) => {
      ring.forEach((cell, place) => (row[firstOf(distance) + place] = this.indexOf(cell)));
    });
    return row;
  }

  #joinRows(cell: Cell, index: number): void {
    cellsByDistance(cell, MAX_RINGS).forEach((ring, distance) => {
      for (const other of ring) {
        const neighbour = this.indexOf(other);
        if (neighbour === NONE || this.#filled[neighbour] !== true) continue;
        const start = neighbour * LARGEST_DISK;
        const free = this.#disks.indexOf(NONE, start + firstOf(distance));
        this.#disks[free] = index;
      }
    });
  }

  #rings(index: number): Cell[][] {
    return cellsByDistance(this.#cells[index] ?? '', MAX_RINGS);
  }
}

function firstOf(distance: number): number {
  return distance === 0 ? 0 : (CELLS_WITHIN[distance - 1] ?? 0);
}
