/** Merges cells into coarser ones where the map is so far out that they could not be told apart; sums are kept. */
import { cellToParent, getHexagonEdgeLengthAvg, getResolution, UNITS } from 'h3-js';
import type { Cell } from '../../shared/cell.ts';

/** In hundredths of the screen's height: a hexagon with shorter edges is a dot. */
const LEAST_EDGE_UNITS = 0.35;
/** Merged ones are to hold a number. */
const MERGED_EDGE_UNITS = 1.75;
/** 1,107 km across: all of England and Wales in one. */
const COARSEST = 1;

/**
 * The resolution to draw in: `finest` while its hexagons can be seen, else the finest whose hexagons hold a number.
 * @param unit a hundredth of the screen's height, in pixels
 */
export function drawnResolution(finest: number, metresPerPixel: number, unit: number): number {
  const edgeUnits = (resolution: number): number =>
    getHexagonEdgeLengthAvg(resolution, UNITS.m) / metresPerPixel / unit;
  if (edgeUnits(finest) >= LEAST_EDGE_UNITS) return finest;
  let resolution = finest - 1;
  while (resolution > COARSEST && edgeUnits(resolution) < MERGED_EDGE_UNITS) resolution--;
  return resolution;
}

/** The cell itself where it is as coarse already. */
export function parentAt(cell: Cell, resolution: number): Cell {
  return getResolution(cell) > resolution ? cellToParent(cell, resolution) : cell;
}

export interface MergedCell<Part> {
  cell: Cell;
  /** In the order they were given. */
  parts: Part[];
  sum: number;
}

/** The sums of all that lie in the same coarser cell, in the order of their first parts. */
export function mergeCells<Part extends { cell: Cell }>(
  parts: Iterable<Part>,
  resolution: number,
  valueOf: (part: Part) => number,
): MergedCell<Part>[] {
  const merged = new Map<Cell, MergedCell<Part>>();
  for (const part of parts) {
    const cell = parentAt(part.cell, resolution);
    const own = merged.get(cell) ?? { cell, parts: [], sum: 0 };
    own.parts.push(part);
    own.sum += valueOf(part);
    merged.set(cell, own);
  }
  return [...merged.values()];
}
