/** Where nothing is reported from: water, parks, and beyond the city's frame. */
import { DOCK, FRAME, PARKS, RIVER, RIVER_HALF_WIDTH_METRES } from './geography.ts';
import { distance, distanceToSegment, type Point } from './plane.ts';

/** Whether somebody could live, shop or walk the street there. */
export function isBuiltUp(point: Point): boolean {
  const { southWest, northEast } = FRAME;
  if (point.x < southWest.x || point.x > northEast.x || point.y < southWest.y || point.y > northEast.y) {
    return false;
  }
  if (isNear(point, RIVER, RIVER_HALF_WIDTH_METRES) || isNear(point, DOCK, 130)) return false;
  return !PARKS.some(({ centre, radiusMetres }) => distance(point, centre) < radiusMetres);
}

function isNear(point: Point, line: readonly Point[], metres: number): boolean {
  return line.some((corner, at) => {
    const next = line[at + 1];
    return next !== undefined && distanceToSegment(point, corner, next) < metres;
  });
}
