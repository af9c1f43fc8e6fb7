/** The one area that a screen may show, as it is written in an address: a force, a circle, a box or a cell. */
import { cellCentre, cellCorners, inCell, isCell, type Cell } from './cell.ts';
import { FORCES, type ForceSlug } from './force.ts';

/** Degrees are WGS 84. */
export type DisplayArea =
  | { kind: 'force'; force: ForceSlug }
  | { kind: 'circle'; lat: number; lon: number; radiusMetres: number }
  | { kind: 'box'; west: number; south: number; east: number; north: number }
  | { kind: 'cell'; cell: Cell };

/** A part of the map that can be told by coordinates. */
export type DrawnArea = Exclude<DisplayArea, { kind: 'force' }>;

export interface Bounds {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** What is wrong with an area. */
export const AREA_FAULTS = ['no-area', 'latitude', 'longitude', 'radius', 'box'] as const;
export type AreaFault = (typeof AREA_FAULTS)[number];

/** From a street corner to a region. */
export const RADIUS_METRES = { least: 100, most: 100_000 } as const;
const METRES_PER_DEGREE = 111_195;
const NUMBER = /^-?\d{1,6}(\.\d{1,12})?$/;

/**
 * Reads `kent`, `51.5,-0.12,1500` (latitude, longitude, radius in metres), `-0.2,51.4,0.1,51.6` (west, south, east,
 * north) or an H3 cell.
 */
export function readArea(text: string): DisplayArea | { fault: AreaFault } {
  const force = FORCES.find((slug) => slug === text);
  if (force !== undefined) return { kind: 'force', force };
  if (isCell(text)) return { kind: 'cell', cell: text };
  const parts = text.split(',');
  if (!parts.every((part) => NUMBER.test(part))) return { fault: 'no-area' };
  const [first = 0, second = 0, third = 0, fourth = 0] = parts.map(Number);
  if (parts.length === 3) return circle(first, second, third);
  return parts.length === 4 ? box(first, second, third, fourth) : { fault: 'no-area' };
}

function circle(lat: number, lon: number, radiusMetres: number): DisplayArea | { fault: AreaFault } {
  if (!isLatitude(lat)) return { fault: 'latitude' };
  if (!isLongitude(lon)) return { fault: 'longitude' };
  if (radiusMetres < RADIUS_METRES.least || radiusMetres > RADIUS_METRES.most) return { fault: 'radius' };
  return { kind: 'circle', lat, lon, radiusMetres };
}

function box(west: number, south: number, east: number, north: number): DisplayArea | { fault: AreaFault } {
  if (!isLongitude(west) || !isLongitude(east)) return { fault: 'longitude' };
  if (!isLatitude(south) || !isLatitude(north)) return { fault: 'latitude' };
  return west < east && south < north ? { kind: 'box', west, south, east, north } : { fault: 'box' };
}

function isLatitude(degrees: number): boolean {
  return Math.abs(degrees) < 90;
}

function isLongitude(degrees: number): boolean {
  return Math.abs(degrees) <= 180;
}

/** Whether the point lies in the area; both in degrees. */
export function isWithin(area: DrawnArea, latitude: number, longitude: number): boolean {
  switch (area.kind) {
    case 'circle': {
      const north = (latitude - area.lat) * METRES_PER_DEGREE;
      const east = (longitude - area.lon) * METRES_PER_DEGREE * Math.cos((area.lat * Math.PI) / 180);
      return Math.hypot(north, east) <= area.radiusMetres;
    }
    case 'box':
      return (
        latitude >= area.south && latitude <= area.north && longitude >= area.west && longitude <= area.east
      );
    case 'cell':
      return inCell(area.cell, latitude, longitude);
  }
}

/** What the map must show for all of it to be seen. */
export function boundsOf(area: DrawnArea): Bounds {
  switch (area.kind) {
    case 'circle': {
      const high = area.radiusMetres / METRES_PER_DEGREE;
      const wide = high / Math.cos((area.lat * Math.PI) / 180);
      const { lat, lon } = area;
      return { south: lat - high, north: lat + high, west: lon - wide, east: lon + wide };
    }
    case 'box': {
      const { south, west, north, east } = area;
      return { south, west, north, east };
    }
    case 'cell': {
      const corners = cellCorners(area.cell);
      const latitudes = corners.map(([latitude]) => latitude);
      const longitudes = corners.map(([, longitude]) => longitude);
      return {
        south: Math.min(...latitudes),
        north: Math.max(...latitudes),
        west: Math.min(...longitudes),
        east: Math.max(...longitudes),
      };
    }
  }
}

/** `[latitude, longitude]` of its middle. */
export function middleOf(area: DrawnArea): [latitude: number, longitude: number] {
  if (area.kind === 'circle') return [area.lat, area.lon];
  if (area.kind === 'cell') return cellCentre(area.cell);
  return [(area.south + area.north) / 2, (area.west + area.east) / 2];
}
