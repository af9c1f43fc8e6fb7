/** Turns counts per cell into points for the heat, and finds how dense the densest places are. */
import { cellToChildren, cellToParent, getResolution } from 'h3-js';
import { cellAreaSquareMetres, cellCentre, CELL_RESOLUTION, type Cell } from '../../shared/cell.ts';

export type HeatPoint = [latitude: number, longitude: number, incidents: number];

/** 0.74 km²: about as large as the heat's kernel. */
const DENSITY_RESOLUTION = 8;
/** Single peaks may go beyond the scale's top; the picture is for the rest. */
const TOP_QUANTILE = 0.99;
const KEPT = 200_000;
const pointsOf = new Map<Cell, readonly (readonly [number, number])[]>();

/** A coarse cell's incidents are spread evenly over it: nobody knows where in it they were. */
export function heatPoints(counts: ReadonlyMap<Cell, number>): HeatPoint[] {
  const points: HeatPoint[] = [];
  for (const [cell, count] of counts) {
    const places = placesIn(cell);
    for (const [latitude, longitude] of places) points.push([latitude, longitude, count / places.length]);
  }
  return points;
}

/** Incidents per km². */
export function densityOf(cell: Cell, count: number): number {
  return count / (cellAreaSquareMetres(cell) / 1e6);
}

function placesIn(cell: Cell): readonly (readonly [number, number])[] {
  let places = pointsOf.get(cell);
  if (places === undefined) {
    const coarse = getResolution(cell) < CELL_RESOLUTION;
    places = coarse ? cellToChildren(cell, DENSITY_RESOLUTION).map(cellCentre) : [cellCentre(cell)];
    if (pointsOf.size >= KEPT) pointsOf.clear();
    pointsOf.set(cell, places);
  }
  return places;
}

/** Incidents per km² that 99 % of the places with any stay below; 0 without incidents. */
export function highDensity(counts: ReadonlyMap<Cell, number>, resolution = DENSITY_RESOLUTION): number {
  const byPlace = new Map<Cell, number>();
  for (const [cell, count] of counts) {
    const place = getResolution(cell) > resolution ? cellToParent(cell, resolution) : cell;
    byPlace.set(place, (byPlace.get(place) ?? 0) + count);
  }
  const densities = [...byPlace].map(([place, count]) => densityOf(place, count));
  densities.sort((a, b) => a - b);
  return densities[Math.floor((densities.length - 1) * TOP_QUANTILE)] ?? 0;
}
