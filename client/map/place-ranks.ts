/** Finds room for the ranks of hotspots that crowd together. */
import { NearThings } from './near-things.ts';

export interface Point {
  x: number;
  y: number;
}

export interface Crowded {
  at: Point;
  /** How much room the hotspot takes at its own place, centre to corner. */
  radius: number;
  /** Whether its rank must be written somewhere. */
  always: boolean;
}

const DIRECTIONS = 12;
const DISTANCES = 6;
/** Hexagons of this many radii apart do not touch. */
const CLEAR = 1.95;

/**
 * Where each rank is written, highest first: at its own place (then the very same point object), beside
 * it, or nowhere (`undefined`).
 * @param radius of a hexagon that holds a rank, in pixels
 */
export function placeRanks(hotspots: readonly Crowded[], radius: number): (Point | undefined)[] {
  const taken = new NearThings<{ at: Point; radius: number }>(4 * radius);
  const free = (at: Point, own: number): boolean =>
    !taken.some(
      ...[at.x, at.y, own, own],
      (other) => Math.hypot(at.x - other.at.x, at.y - other.at.y) < ((own + other.radius) * CLEAR) / 2,
    );
  return hotspots.map((hotspot) => {
    const own = free(hotspot.at, hotspot.radius) ? hotspot.at : undefined;
    const place = own ?? (hotspot.always ? beside(hotspot.at, radius, (at) => free(at, radius)) : undefined);
    if (place !== undefined) {
      const reach = place === own ? hotspot.radius : radius;
      taken.add({ at: place, radius: reach }, place.x, place.y, reach);
    }
    return place;
  });
}

function beside(from: Point, radius: number, free: (at: Point) => boolean): Point | undefined {
  for (let ring = 1; ring <= DISTANCES; ring++) {
    for (let turn = 0; turn < DIRECTIONS; turn++) {
      const angle = (turn * 2 * Math.PI) / DIRECTIONS;
      const reach = ring * radius * CLEAR;
      const at = { x: from.x + reach * Math.cos(angle), y: from.y + reach * Math.sin(angle) };
      if (free(at)) return at;
    }
  }
  return undefined;
}
