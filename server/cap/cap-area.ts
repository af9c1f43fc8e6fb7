/** The place of an alert as CAP has it: rings around its cells, and the cells by name. */
import { cellsToMultiPolygon } from 'h3-js';
import { cellCentre, cellCorners, finenessOf, type Cell } from '../../shared/cell.ts';
import type { CapWords } from './cap-words.ts';
import { element, type XmlElement } from './xml.ts';

export function capArea(cells: readonly Cell[], force: string, words: CapWords): XmlElement {
  const [first = ''] = cells;
  const kind = finenessOf(first) ?? 'fine';
  return element('area', [
    element('areaDesc', words.area(cells.length, kind, placeOf(cells), force)),
    ...ringsOf(cells).map((ring) => element('polygon', ring.map(pair).join(' '))),
    ...cells.map((cell) => element('geocode', [element('valueName', 'H3'), element('value', cell)])),
  ]);
}

type Point = readonly [lat: number, lon: number];

/** Closed. CAP's polygons have no holes: around one the cells stand singly, so that it stays out. */
function ringsOf(cells: readonly Cell[]): Point[][] {
  const polygons = cellsToMultiPolygon([...new Set(cells)]) as [number, number][][][];
  const hasHoles = polygons.some((rings) => rings.length > 1);
  const open = hasHoles ? cells.map(cellCorners) : polygons.map(([outer = []]) => outer);
  return open.map((ring) => [...ring, ...ring.slice(0, 1)]);
}

/** A tenth of a metre is more than a hexagon's corner needs. */
function pair([lat, lon]: Point): string {
  return `${lat.toFixed(6)},${lon.toFixed(6)}`;
}

function placeOf(cells: readonly Cell[]): string {
  const centres = cells.map(cellCentre);
  const mean = (axis: 0 | 1): number =>
    centres.reduce((sum, centre) => sum + centre[axis], 0) / centres.length;
  return `${mean(0).toFixed(3)}, ${mean(1).toFixed(3)}`;
}
