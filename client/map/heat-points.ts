/** Turns what happened per cell into places for the heat, and finds how dense the densest places are. */
import { cellToChildren, cellToParent, getResolution } from 'h3-js';
import { cellAreaSquareMetres, cellCentre, CELL_RESOLUTION, type Cell } from '../../shared/cell.ts';
import { mercatorY } from './coast.ts';
import type { HeatPlaces } from './heat-field.ts';
import { Remembered } from './remembered.ts';

/** 0.74 km²: about as large as the heat's kernel. */
const DENSITY_RESOLUTION = 8;
/** Single peaks may go beyond the scale's top; the picture is for the rest. */
const TOP_QUANTILE = 0.99;

/** x and y by turns, in the world's Mercator square. */
const placesIn = new Remembered<Cell, Float64Array>((cell) => {
  const isCoarse = getResolution(cell) < CELL_RESOLUTION;
  const centres = isCoarse ? cellToChildren(cell, CELL_RESOLUTION).map(cellCentre) : [cellCentre(cell)];
  return Float64Array.from(
    centres.flatMap(([latitude, longitude]) => [longitude / 360 + 0.5, mercatorY(latitude)]),
  );
});
const parentOf = new Remembered<Cell, Cell>((cell) => cellToParent(cell, DENSITY_RESOLUTION));
const areaOf = new Remembered<Cell, number>((cell) => cellAreaSquareMetres(cell) / 1e6);

/** A coarse cell's incidents are spread evenly over it: nobody knows where in it they were. */
export function heatPlaces(weights: ReadonlyMap<Cell, number>): HeatPlaces {
  let size = 0;
  for (const cell of weights.keys()) size += placesIn.of(cell).length / 2;
  const [x, y, weight] = [new Float64Array(size), new Float64Array(size), new Float32Array(size)];
  let next = 0;
  for (const [cell, own] of weights) {
    const places = placesIn.of(cell);
    for (let i = 0; i < places.length; i += 2) {
      x[next] = places[i] ?? 0;
      y[next] = places[i + 1] ?? 0;
      weight[next++] = (2 * own) / places.length;
    }
  }
  return { x, y, weight };
}

/** Per km². */
export function densityOf(cell: Cell, count: number): number {
  return count / areaOf.of(cell);
}

/** What 99 % of the places with any stay below, per km²; 0 where there is nothing. */
export function highDensity(weights: ReadonlyMap<Cell, number>, resolution = DENSITY_RESOLUTION): number {
  const byPlace = new Map<Cell, number>();
  for (const [cell, weight] of weights) {
    const isFiner = resolution === DENSITY_RESOLUTION && getResolution(cell) > resolution;
    const place = isFiner ? parentOf.of(cell) : cell;
    byPlace.set(place, (byPlace.get(place) ?? 0) + weight);
  }
  const densities = Float64Array.from(byPlace, ([place, weight]) => densityOf(place, weight)).sort();
  return densities[Math.floor((densities.length - 1) * TOP_QUANTILE)] ?? 0;
}
