/** Which force area lies at a place, and within which bounds an area lies. */
import type { Force } from '../../shared/force.ts';
import type { Area } from '../state/area.ts';
import { mercatorY, type Ring } from './coast.ts';
import type { DrawnArea } from './force-areas.ts';

export function areaAt(
  areas: readonly DrawnArea[],
  latitude: number,
  longitude: number,
): DrawnArea | undefined {
  const x = longitude / 360 + 0.5;
  const y = mercatorY(latitude);
  // A hole is a ring, too: by the even-odd rule what lies in it lies outside.
  return areas.find(({ rings }) => rings.filter((ring) => isInside(ring, x, y)).length % 2 === 1);
}

function isInside({ points, west, east, north, south }: Ring, x: number, y: number): boolean {
  if (x < west || x > east || y < north || y > south) return false;
  let inside = false;
  for (let index = 0; index < points.length; index += 2) {
    const next = (index + 2) % points.length;
    const [x1 = 0, y1 = 0] = [points[index], points[index + 1]];
    const [x2 = 0, y2 = 0] = [points[next], points[next + 1]];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

/** Undefined where no boundary of the force is imported. */
export function boundsOf(areas: readonly DrawnArea[], force: Force): Area | undefined {
  const rings = areas.find((area) => area.force === force)?.rings ?? [];
  if (rings.length === 0) return undefined;
  const [west, east] = [Math.min(...rings.map((r) => r.west)), Math.max(...rings.map((r) => r.east))];
  const [north, south] = [Math.min(...rings.map((r) => r.north)), Math.max(...rings.map((r) => r.south))];
  const degrees = { west: (west - 0.5) * 360, east: (east - 0.5) * 360 };
  const centre = [latitudeOf((north + south) / 2), (degrees.west + degrees.east) / 2] as const;
  return { ...degrees, north: latitudeOf(north), south: latitudeOf(south), centre };
}

function latitudeOf(mercator: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * mercator))) * 180) / Math.PI;
}
