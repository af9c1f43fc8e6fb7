/** The streets of the city, laid as a town grows: along its main roads, in quarters that each have their own way of lying. */
import { FRAME } from './geography.ts';
import { isBuiltUp } from './land.ts';
import { HIGH_STREETS, THROUGH_ROADS } from './main-roads.ts';
import { Noise } from './noise.ts';
import { between, distance, nearestOnSegment, type Point } from './plane.ts';
import { Random } from './random.ts';

export type StreetKind = 'high-street' | 'through-road' | 'side-street';

/** A street between two corners. */
export interface Block {
  from: Point;
  to: Point;
  kind: StreetKind;
  /** Where along it its busiest door is, from 0 to below 1. */
  busiestAt: number;
}

type Stretch = Omit<Block, 'busiestAt'>;

const QUARTER_METRES = 720;
const MAIN_BLOCK_METRES = 85;
/** From a main road, up to where streets follow its direction. */
const FOLLOWS_METRES = 1_600;
/** Streets that would run beside a main road are that road. */
const BESIDE_METRES = 35;
/** An address stands a few metres off its street, and its coordinates are rounded. */
const MARGIN_METRES = 12;
const BENDS_METRES = 70;

interface Road {
  corners: readonly Point[];
  kind: StreetKind;
}

/** All streets outside water and parks; the same for the same seed. */
export function layStreets(seed: number): Block[] {
  const bent = bending(seed);
  const roads: Road[] = [
    ...HIGH_STREETS.map((corners): Road => ({ corners, kind: 'high-street' })),
    ...THROUGH_ROADS.map((corners): Road => ({ corners, kind: 'through-road' })),
  ];
  const blocks = roads.flatMap(({ corners, kind }) => blocksAlong(corners.map(bent), kind));
  const { southWest, northEast } = FRAME;
  for (
    let column = Math.floor(southWest.x / QUARTER_METRES);
    column * QUARTER_METRES < northEast.x;
    column++
  ) {
    for (let row = Math.floor(southWest.y / QUARTER_METRES); row * QUARTER_METRES < northEast.y; row++) {
      for (const block of sideStreets(seed, column, row, roads)) {
        const laid = { from: bent(block.from), to: bent(block.to), kind: block.kind };
        if (isOnLand(laid)) blocks.push(laid);
      }
    }
  }
  const random = new Random(seed, 'busiest doors');
  return blocks.map((block) => ({ ...block, busiestAt: random.next() }));
}

/** Moves points gently, so that no street is straight for long; neighbours move together. */
function bending(seed: number): (point: Point) => Point {
  const east = new Noise(seed, 'bends east', 900);
  const north = new Noise(seed, 'bends north', 900);
  return (point) => ({
    x: point.x + BENDS_METRES * east.at(point),
    y: point.y + BENDS_METRES * north.at(point),
  });
}

function blocksAlong(corners: readonly Point[], kind: StreetKind): Stretch[] {
  return corners.slice(1).flatMap((to, at) => {
    const from = corners[at] ?? to;
    const parts = Math.max(1, Math.round(distance(from, to) / MAIN_BLOCK_METRES));
    const point = (part: number): Point => between(from, to, part / parts);
    return Array.from({ length: parts }, (_, part) => ({
      from: point(part),
      to: point(part + 1),
      kind,
    })).filter(isOnLand);
  });
}

function* sideStreets(seed: number, column: number, row: number, roads: readonly Road[]): Generator<Stretch> {
  const centre = quarterCentre(seed, column, row);
  const near = segmentsNear(centre, roads);
  const random = new Random(seed, 'streets', column, row);
  const angle = (near[0]?.angle ?? random.between(0, Math.PI)) + random.between(-0.2, 0.2);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const place = (u: number, v: number): Point => ({
    x: centre.x + u * cosine - v * sine,
    y: centre.y + u * sine + v * cosine,
  });
  const others = [-1, 0, 1]
    .flatMap((dx) => [-1, 0, 1].map((dy) => quarterCentre(seed, column + dx, row + dy)))
    .filter((other) => distance(other, centre) > 0);
  const isHere = (point: Point): boolean =>
    others.every((other) => distance(point, centre) <= distance(point, other));
  const isBeside = (point: Point): boolean =>
    near.some(({ from, to }) => distance(point, nearestOnSegment(point, from, to)) < BESIDE_METRES);
  for (const [fromU, fromV, toU, toV] of brickwork(random)) {
    const [from, to] = [place(fromU, fromV), place(toU, toV)];
    if (isHere(between(from, to, 0.5)) && !(isBeside(from) && isBeside(to)) && !random.chance(0.05))
      yield { from, to, kind: 'side-street' };
  }
}

/** Long streets with rows of houses between, and cross streets that seldom go on beyond one row. */
function* brickwork(random: Random): Generator<[number, number, number, number]> {
  const reach = QUARTER_METRES;
  const rowMetres = random.between(62, 105);
  const crossMetres = random.between(110, 230);
  let below: number[] = [];
  for (let v = -reach; v < reach;) {
    const nextV = v + rowMetres * random.between(0.75, 1.4);
    const above: number[] = [];
    for (
      let u = -reach + random.between(0, crossMetres);
      u < reach;
      u += crossMetres * random.between(0.5, 1.6)
    ) {
      above.push(u);
      yield [u, v, u, nextV];
    }
    const corners = [...below, ...above].sort((one, other) => one - other);
    for (const [at, u] of corners.entries()) {
      const next = corners[at + 1];
      if (next !== undefined) yield [u, v, next, v];
    }
    below = above;
    v = nextV;
  }
}

function quarterCentre(seed: number, column: number, row: number): Point {
  const random = new Random(seed, 'quarter', column, row);
  return {
    x: (column + random.between(0.12, 0.88)) * QUARTER_METRES,
    y: (row + random.between(0.12, 0.88)) * QUARTER_METRES,
  };
}

/** The stretches of main road that matter to a quarter, the nearest first. */
function segmentsNear(
  centre: Point,
  roads: readonly Road[],
): { from: Point; to: Point; angle: number; metres: number }[] {
  return roads
    .flatMap(({ corners }) =>
      corners.slice(1).map((to, at) => {
        const from = corners[at] ?? to;
        const metres = distance(centre, nearestOnSegment(centre, from, to));
        return { from, to, metres, angle: Math.atan2(to.y - from.y, to.x - from.x) };
      }),
    )
    .filter(({ metres }) => metres < FOLLOWS_METRES)
    .sort((one, other) => one.metres - other.metres);
}

function isOnLand({ from, to }: Stretch): boolean {
  const steps = Math.max(1, Math.ceil(distance(from, to) / 40));
  return Array.from({ length: steps + 1 }, (_, step) => between(from, to, step / steps)).every((point) =>
    isBuiltUp(point, MARGIN_METRES),
  );
}
