/** Thins borders for the map: neighbours keep the same line between them, however little of it is kept. */
import type { ForceArea } from './area-index.ts';
import type { Polygons, Position, Ring } from './polygons.ts';
import { thinnedLine } from './thinned-line.ts';

/** Written as GeoJSON about 370 kB. */
const MOST_POSITIONS = 21_000;
/** Four digits after the point: 11 m, less than a line on the map is wide. */
const STEPS_PER_DEGREE = 10_000;
/** About 20 m; doubled until few enough positions are left. */
const FIRST_TOLERANCE_DEGREES = 0.000_2;

/**
 * The polygons of each area, in the order given, with at most `most` positions in all where that can be.
 * Islands too small to be seen are left out, but no area altogether.
 */
export function outlinesOf(areas: readonly Pick<ForceArea, 'polygons'>[], most = MOST_POSITIONS): Polygons[] {
  const open = areas.map(({ polygons }) => polygons.map((rings) => rings.map(roundedRing)));
  const isJunction = junctionsOf(open.flat(2));
  for (let tolerance = 0; ; tolerance = Math.max(FIRST_TOLERANCE_DEGREES, 2 * tolerance)) {
    const thinned = open.map((polygons) => thinnedPolygons(polygons, tolerance, isJunction));
    if (thinned.flat(3).length <= most || tolerance > 1) return thinned;
  }
}

/** On a grid, without repeats in a row, and open: without the last position, which repeats the first. */
function roundedRing(ring: Ring): Ring {
  const round = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;
  const positions = ring.slice(1).map(([x, y]): Position => [round(x), round(y)]);
  return positions.filter((position, index) => keyOf(position) !== keyOf(at(positions, index - 1)));
}

/** A whole number per place of the grid. */
function keyOf([longitude, latitude]: Position): number {
  const steps = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE);
  return steps(longitude + 180) * 2_000_000 + steps(latitude + 90);
}

/** Of an open ring, which has no end. */
function at(ring: Ring, index: number): Position {
  return ring[(index + ring.length) % ring.length] ?? [NaN, NaN];
}

type IsJunction = (position: Position) => boolean;

/** Borders meet where more than two positions lie beside one. From one such place to the next, neighbours' rings agree. */
function junctionsOf(rings: readonly Ring[]): IsJunction {
  const beside = new Map<number, number[]>();
  for (const ring of rings) {
    for (const [index, position] of ring.entries()) {
      const key = keyOf(position);
      const known = beside.get(key) ?? [];
      if (known.length === 0) beside.set(key, known);
      for (const other of [keyOf(at(ring, index - 1)), keyOf(at(ring, index + 1))])
        if (!known.includes(other)) known.push(other);
    }
  }
  return (position) => (beside.get(keyOf(position))?.length ?? 0) > 2;
}

function thinnedPolygons(polygons: Polygons, tolerance: number, isJunction: IsJunction): Polygons {
  const thinned = polygons.flatMap((rings): Ring[][] => {
    const [outline, ...holes] = rings.map((ring) => thinnedRing(ring, tolerance, isJunction));
    const isRing = (ring: Ring | undefined): ring is Ring => ring !== undefined && ring.length > 3;
    return isRing(outline) ? [[outline, ...holes.filter(isRing)]] : [];
  });
  if (thinned.length > 0) return thinned;
  const [largest] = polygons.toSorted((one, other) => other.flat().length - one.flat().length);
  return largest === undefined ? [] : [largest.map(closed)];
}

function thinnedRing(ring: Ring, tolerance: number, isJunction: IsJunction): Ring {
  if (tolerance === 0) return closed(ring);
  const ends = endsOf(ring, isJunction);
  const kept = ends.flatMap((from, index) => {
    const next = ends[index + 1] ?? (ends[0] ?? 0) + ring.length;
    const arc = Array.from({ length: next - from + 1 }, (_, step) => at(ring, from + step));
    return thinnedArc(arc, tolerance).slice(0, -1);
  });
  return closed(kept);
}

/** Where the arcs of a ring begin and end: at its junctions, at least at two places that any ring like it has too. */
function endsOf(ring: Ring, isJunction: IsJunction): number[] {
  const ends = ring.flatMap((position, index) => (isJunction(position) ? [index] : []));
  if (ends.length >= 2) return ends;
  const first = ends[0] ?? bestOf(ring, (position) => -keyOf(position));
  const [x, y] = at(ring, first);
  return [first, bestOf(ring, (position) => Math.hypot(position[0] - x, position[1] - y))].sort(
    (a, b) => a - b,
  );
}

/** The index of the highest value; of equal ones that of the lowest key. */
function bestOf(ring: Ring, valueOf: (position: Position) => number): number {
  let best = 0;
  for (const [index, position] of ring.entries()) {
    const gain = valueOf(position) - valueOf(at(ring, best));
    if (gain > 0 || (gain === 0 && keyOf(position) < keyOf(at(ring, best)))) best = index;
  }
  return best;
}

/** Always thinned in the same direction, whichever way its ring runs. */
function thinnedArc(arc: Ring, tolerance: number): Ring {
  const order = arc.map(keyOf).findIndex((key, index, keys) => key !== keys.at(-1 - index));
  const isForward = order < 0 || keyOf(at(arc, order)) < keyOf(at(arc, -1 - order));
  return isForward ? thinnedLine(arc, tolerance) : thinnedLine(arc.toReversed(), tolerance).toReversed();
}

function closed(ring: Ring): Ring {
  return [...ring, ...ring.slice(0, 1)];
}
