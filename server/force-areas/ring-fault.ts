/** What keeps a list of positions from being the outline of something. */
import type { Position, Ring } from './polygons.ts';

/** What is wrong with it, and where, as the end of a sentence; `undefined` where it is a sound ring. */
export function ringFault(ring: unknown): string | undefined {
  if (!Array.isArray(ring)) return 'is not a list of positions';
  for (const [index, position] of (ring as readonly unknown[]).entries()) {
    const fault = positionFault(position);
    if (fault !== undefined) return `has as position ${index + 1} ${fault}`;
  }
  const positions = ring as Ring;
  if (positions.length < 4) return `has ${positions.length} positions: a closed ring has at least 4`;
  const [first, last] = [positions[0], positions.at(-1)];
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
    return `is not closed: it begins at ${placeOf(first)} and ends at ${placeOf(last)}`;
  const crossing = crossingOf(positions);
  if (crossing !== undefined) return `crosses itself near ${placeOf(crossing)}`;
  const corners = new Set(positions.map(([x, y]) => `${x} ${y}`));
  return corners.size < 3 ? `encloses nothing at ${placeOf(first)}` : undefined;
}

function positionFault(position: unknown): string | undefined {
  const told = JSON.stringify(position).slice(0, 60);
  if (!Array.isArray(position) || position.length < 2) return `${told}, which is not [longitude, latitude]`;
  const [longitude, latitude] = position as unknown[];
  if (typeof longitude !== 'number' || typeof latitude !== 'number')
    return `${told}, which is not [longitude, latitude] in numbers`;
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return undefined;
  const hint =
    Math.abs(longitude) > 1_000
      ? '; eastings and northings must be converted to WGS 84 (EPSG:4326) first'
      : '';
  return `${told}, which is not on the earth: longitude and latitude are wanted, in degrees${hint}`;
}

function placeOf([longitude, latitude]: Position = [NaN, NaN]): string {
  return `latitude ${latitude}, longitude ${longitude}`;
}

/** Twice the area, in square degrees, below which three points lie on one line: rounding is far below. */
const FLAT = 1e-12;

/** Where two of its edges cross in their middles; that edges touch is no fault. Cost: edges × edges at one latitude. */
function crossingOf(ring: Ring): Position | undefined {
  const edges = ring
    .slice(1)
    .map((to, index) => [ring[index] ?? to, to] as const)
    .map(([from, to]) => (from[1] <= to[1] ? { low: from, high: to } : { low: to, high: from }))
    .sort((one, other) => one.low[1] - other.low[1]);
  let active: typeof edges = [];
  for (const edge of edges) {
    active = active.filter(({ high }) => high[1] >= edge.low[1]);
    const crossed = active.find((other) => areCrossing(edge.low, edge.high, other.low, other.high));
    if (crossed !== undefined) return edge.low;
    active.push(edge);
  }
  return undefined;
}

function areCrossing(a: Position, b: Position, c: Position, d: Position): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0]))
    return false;
  return sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0;
}

/** 1 left of the line, -1 right of it, 0 on it. */
function sideOf(from: Position, to: Position, point: Position): number {
  const turn = (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
  return Math.abs(turn) < FLAT ? 0 : Math.sign(turn);
}
