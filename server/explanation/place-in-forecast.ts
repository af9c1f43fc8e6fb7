/** Finds a fine or coarse cell among those of a forecast: what it is made of, what it expects, and its rank. */
import { coarseCell, type Cell } from '../../shared/cell.ts';

export interface PlaceInForecast {
  /** The fine cells that it stands for. */
  cells: Cell[];
  expected: number;
  /** As hotspots are ranked: 1 is the highest, equal expectations go by the cell's name. */
  rank: number;
  /** Cells of its own resolution in the area. */
  areaCells: number;
}

/** `undefined` where the cell is not part of the area. Cost: one look at every cell. */
export function placeOf(
  cell: Cell,
  { cells, expected }: { cells: readonly Cell[]; expected: ArrayLike<number> },
): PlaceInForecast | undefined {
  const isCoarse = coarseCell(cell) === cell;
  const sums = new Map<Cell, number>();
  const own: Cell[] = [];
  for (let index = 0; index < expected.length; index++) {
    const fine = cells[index] ?? '';
    const shown = isCoarse ? coarseCell(fine) : fine;
    if (shown === cell) own.push(fine);
    sums.set(shown, (sums.get(shown) ?? 0) + (expected[index] ?? 0));
  }
  const sum = sums.get(cell);
  if (sum === undefined) return undefined;
  let above = 0;
  for (const [other, value] of sums) if (value > sum || (value === sum && other < cell)) above++;
  return { cells: own, expected: sum, rank: above + 1, areaCells: sums.size };
}
