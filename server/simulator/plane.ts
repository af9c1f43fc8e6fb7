/** The city as a plane in metres: flat enough over 30 km. */

/** Metres east and north of the city's middle. */
export interface Point {
  x: number;
  y: number;
}

/** Charing Cross, from where distances to London are measured. */
const MIDDLE = { lat: 51.5074, lon: -0.1278 };
const METRES_PER_DEGREE = 111_195;
const METRES_PER_DEGREE_EAST = METRES_PER_DEGREE * Math.cos((MIDDLE.lat * Math.PI) / 180);

export function toPlane(lat: number, lon: number): Point {
  return { x: (lon - MIDDLE.lon) * METRES_PER_DEGREE_EAST, y: (lat - MIDDLE.lat) * METRES_PER_DEGREE };
}

/** Degrees with five decimals, a metre. */
export function toDegrees({ x, y }: Point): { lat: number; lon: number } {
  const lat = MIDDLE.lat + y / METRES_PER_DEGREE;
  const lon = MIDDLE.lon + x / METRES_PER_DEGREE_EAST;
  return { lat: Math.round(lat * 1e5) / 1e5, lon: Math.round(lon * 1e5) / 1e5 };
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** The point at a share of the way. */
export function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

export function nearestOnSegment(point: Point, from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return { x: from.x + share * dx, y: from.y + share * dy };
}

export function distanceToSegment(point: Point, from: Point, to: Point): number {
  return distance(point, nearestOnSegment(point, from, to));
}

/** By the number of edges that a ray to the east crosses. */
export function isInside(point: Point, corners: readonly Point[]): boolean {
  let inside = false;
  let previous = corners.at(-1);
  for (const corner of corners) {
    if (previous !== undefined && corner.y > point.y !== previous.y > point.y) {
      const crossing =
        previous.x + ((point.y - previous.y) * (corner.x - previous.x)) / (corner.y - previous.y);
      if (point.x < crossing) inside = !inside;
    }
    previous = corner;
  }
  return inside;
}
