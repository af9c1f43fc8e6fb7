/** Where nothing is reported from: water, parks, and beyond the city's frame. */
import { DOCK, DOCK_HALF_WIDTH_METRES, FRAME, PARKS, RIVER, RIVER_HALF_WIDTH_METRES } from './geography.ts';
import { distance, distanceToSegment, type Point } from './plane.ts';

/** Whether somebody could live, shop or walk the street there, and as far around as the margin says. */
export function isBuiltUp(point: Point, marginMetres = 0): boolean {
  // Most points are far from any edge, which one look at their surroundings tells for all of them.
  if (roughClearance(point) - SQUARE_METRES * Math.SQRT1_2 > marginMetres) return true;
  return clearance(point) >= marginMetres;
}

const SQUARE_METRES = 120;
const squares = new Map<number, number>();

/** Of the middle of the square in which the point lies. */
function roughClearance({ x, y }: Point): number {
  const column = Math.floor(x / SQUARE_METRES);
  const row = Math.floor(y / SQUARE_METRES);
  const key = column * 65_536 + row;
  let metres = squares.get(key);
  if (metres === undefined) {
    metres = clearance({ x: (column + 0.5) * SQUARE_METRES, y: (row + 0.5) * SQUARE_METRES });
    squares.set(key, metres);
  }
  return metres;
}

/** Metres to where the city ends, in whatever direction; negative beyond. */
function clearance(point: Point): number {
  const { southWest, northEast } = FRAME;
  let metres = Math.min(
    point.x - southWest.x,
    northEast.x - point.x,
    point.y - southWest.y,
    northEast.y - point.y,
    distanceToLine(point, RIVER) - RIVER_HALF_WIDTH_METRES,
    distanceToLine(point, DOCK) - DOCK_HALF_WIDTH_METRES,
  );
  for (const { centre, radiusMetres } of PARKS) {
    metres = Math.min(metres, distance(point, centre) - radiusMetres);
  }
  return metres;
}

function distanceToLine(point: Point, line: readonly Point[]): number {
  let metres = Infinity;
  for (let at = 1; at < line.length; at++) {
    metres = Math.min(metres, distanceToSegment(point, line[at - 1] ?? point, line[at] ?? point));
  }
  return metres;
}
