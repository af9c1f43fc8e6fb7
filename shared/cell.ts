/** Cells: the H3 hexagons in which Forewatch counts, forecasts and ranks. */
import {
  cellArea,
  cellToBoundary,
  cellToChildren,
  cellToLatLng,
  cellToParent,
  getResolution,
  gridDisk,
  gridDiskDistances,
  isValidCell,
  latLngToCell,
  UNITS,
} from 'h3-js';

/** An H3 index as 15 hexadecimal digits. */
export type Cell = string;

/** 0.105 km² on average, about two streets across. */
export const CELL_RESOLUTION = 9;
/** 5.2 km² on average: what is shown of incidents whose place must stay vague. */
export const COARSE_RESOLUTION = 7;

export function cellAt(latitude: number, longitude: number): Cell {
  return latLngToCell(latitude, longitude, CELL_RESOLUTION);
}

export function coarseCell(cell: Cell): Cell {
  return getResolution(cell) <= COARSE_RESOLUTION ? cell : cellToParent(cell, COARSE_RESOLUTION);
}

/** The 49 fine cells of a coarse one. */
export function fineCells(coarse: Cell): Cell[] {
  return cellToChildren(coarse, CELL_RESOLUTION);
}

/** Whether it is a cell of one of the two resolutions, and of which; `undefined` for any other text. */
export function finenessOf(text: string): 'fine' | 'coarse' | undefined {
  if (!isValidCell(text)) return undefined;
  const resolution = getResolution(text);
  if (resolution === CELL_RESOLUTION) return 'fine';
  return resolution === COARSE_RESOLUTION ? 'coarse' : undefined;
}

/** The up to six cells that touch this one (five around a pentagon). */
export function neighbours(cell: Cell): Cell[] {
  return gridDisk(cell, 1).filter((other) => other !== cell);
}

/** The cells at each distance in cells: the cell itself, those that touch it, …, those `farthest` steps away. */
export function cellsByDistance(cell: Cell, farthest: number): Cell[][] {
  return gridDiskDistances(cell, farthest);
}

/** `[latitude, longitude]` in degrees. */
export function cellCentre(cell: Cell): [number, number] {
  return cellToLatLng(cell);
}

/** The corners as `[latitude, longitude]` in degrees, not closed. */
export function cellCorners(cell: Cell): [number, number][] {
  return cellToBoundary(cell);
}

export function cellAreaSquareMetres(cell: Cell): number {
  return cellArea(cell, UNITS.m2);
}

/** Whether the point lies in the cell, whatever the cell's resolution. */
export function inCell(cell: Cell, latitude: number, longitude: number): boolean {
  return latLngToCell(latitude, longitude, getResolution(cell)) === cell;
}

export function isCell(text: string): boolean {
  return isValidCell(text);
}
