/** Counts per cell, narrowed to some of the cells and summed. */
import type { Cell } from '../../shared/cell.ts';

export function within(
  cells: ReadonlyMap<Cell, number>,
  isInside: (cell: Cell) => boolean,
): Map<Cell, number> {
  return new Map([...cells].filter(([cell]) => isInside(cell)));
}

export function sum(cells: ReadonlyMap<Cell, number>): number {
  return cells.values().reduce((total, count) => total + count, 0);
}
