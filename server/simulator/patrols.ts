/** Patrols: units that drive from one busy place to the next, stay there for some minutes, and say where they are. */
import type { ForceSlug } from '../../shared/force.ts';
import type { PatrolPing } from '../../shared/patrol.ts';
import { formatInstant, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import { isBuiltUp } from './land.ts';
import type { Places } from './places.ts';
import { between, distance, toDegrees, type Point } from './plane.ts';
import { Random } from './random.ts';
import { busyPlace } from './rhythm.ts';
import { TimeQueue } from './time-queue.ts';
import { isCityOfLondon } from './told-incident.ts';

export interface SimulatedPing {
  knownAtMs: number;
  force: ForceSlug;
  ping: PatrolPing;
}

const UNITS: readonly { force: ForceSlug; count: number }[] = [
  { force: 'metropolitan', count: 28 },
  { force: 'city-of-london', count: 3 },
];
const PING_MS = 30_000;
const FARTHEST_METRES = 3_500;
const LOCAL_TIME = new TimeZone('Europe/London');

/** Yields pings in order of time, one per unit every 30 seconds; the same for the same seed, places and span. */
export function* patrol(
  seed: number,
  places: Places,
  { startMs, endMs = Infinity }: { startMs: number; endMs?: number },
): Generator<SimulatedPing> {
  const toCome = new TimeQueue<{
    knownAtMs: number;
    unit: string;
    force: ForceSlug;
    beat: Iterator<Point>;
  }>();
  let number = 0;
  for (const { force, count } of UNITS) {
    for (let nth = 0; nth < count; nth++) {
      const unit = `unit-${++number}`;
      const random = new Random(seed, 'patrols', unit, startMs);
      const firstMs = Math.floor(startMs + random.next() * PING_MS);
      toCome.add({ knownAtMs: firstMs, unit, force, beat: beatOf(force, places, firstMs, random) });
    }
  }
  for (;;) {
    const next = toCome.take();
    if (next === undefined || next.knownAtMs >= endMs) return;
    const { knownAtMs, unit, force, beat } = next;
    const at = beat.next().value as Point; // a beat has no end
    yield { knownAtMs, force, ping: { unit, at: formatInstant(knownAtMs), ...toDegrees(at) } };
    toCome.add({ ...next, knownAtMs: knownAtMs + PING_MS });
  }
}

/** Where a unit is at each of its pings. */
function* beatOf(force: ForceSlug, places: Places, startMs: number, random: Random): Generator<Point, never> {
  const isOwn = (point: Point): boolean => isCityOfLondon(point) === (force === 'city-of-london');
  let atMs = startMs;
  let here = start(places, isOwn, random);
  for (;;) {
    const staysMs = random.between(3, 18) * MINUTE_MS;
    for (const untilMs = atMs + staysMs; atMs < untilMs; atMs += PING_MS) yield here;
    const there = destination(here, { places, isOwn, atMs, random });
    const metres = distance(here, there);
    const steps = Math.max(1, Math.ceil(metres / (random.between(4, 9) * (PING_MS / 1_000))));
    for (let step = 1; step < steps; step++, atMs += PING_MS) {
      const onTheWay = between(here, there, step / steps);
      yield places.nearest(onTheWay) ?? onTheWay;
    }
    here = there;
  }
}

function start(places: Places, isOwn: (point: Point) => boolean, random: Random): Point {
  for (;;) {
    const point = places.somewhere(random.chance(0.5) ? 'centre' : 'high-street', random);
    if (isOwn(point)) return point;
  }
}

/** Where much happens at this hour, within reach and without crossing water, parks or the border; else the next street. */
function destination(
  here: Point,
  {
    places,
    isOwn,
    atMs,
    random,
  }: { places: Places; isOwn: (point: Point) => boolean; atMs: number; random: Random },
): Point {
  const { hourOfWeek } = LOCAL_TIME.localTime(atMs);
  for (let attempt = 0; attempt < 60; attempt++) {
    const there = places.somewhere(busyPlace(hourOfWeek, random), random);
    if (distance(here, there) < FARTHEST_METRES && isOwn(there) && isOpen(here, there, isOwn)) return there;
  }
  const round = places.near(here, 200, random);
  return isOwn(round) ? round : here;
}

function isOpen(from: Point, to: Point, isOwn: (point: Point) => boolean): boolean {
  const steps = Math.ceil(distance(from, to) / 60) + 1;
  return Array.from({ length: steps }, (_, step) => between(from, to, step / steps)).every(
    (point) => isBuiltUp(point) && isOwn(point),
  );
}
