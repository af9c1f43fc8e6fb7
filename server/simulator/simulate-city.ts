/** A seeded, self-exciting city: a stream of incidents from many feeds, in the order in which they become known. */
import { MARKERS } from '../../shared/category.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import type { FeedName } from '../feeds/subjects.ts';
import { CITY_POLICE, habitsFor, type FeedHabit } from './feed-habits.ts';
import { Flares } from './flares.ts';
import { withFollowUps } from './follow-ups.ts';
import { CITY_OF_LONDON } from './geography.ts';
import type { Happening } from './happenings.ts';
import { NearRepeats } from './near-repeats.ts';
import { Places } from './places.ts';
import { isInside, toDegrees, type Point } from './plane.ts';
import { Random } from './random.ts';
import { occasionsAt, type Occasion } from './rhythm.ts';
import { TimeQueue } from './time-queue.ts';

export interface SimulatedMessage {
  knownAtMs: number;
  feed: FeedName;
  incident: IncidentMessage;
}

export interface Stretch {
  startMs: number;
  /** Messages that would become known at this time or later are left out; endless where absent. */
  endMs?: number;
  /** New incidents per second at a time; corrections and repeats come on top, about 9 %. */
  ratePerSecond: (atMs: number) => number;
}

const LATE_SHARE = 0.01;
const LOCAL_TIME = new TimeZone('Europe/London');

/** Remembers across stretches what happened, so that live days go on from their history. */
export class SimulatedCity {
  readonly #seed: number;
  readonly #places: Places;
  readonly #repeats: NearRepeats;
  readonly #flares: Flares;

  constructor(seed: number) {
    this.#seed = seed;
    this.#places = new Places(seed);
    this.#repeats = new NearRepeats(this.#places);
    this.#flares = new Flares(seed, this.#places);
  }

  /**
   * Yields messages in known-at order; the same for the same seed and the same stretches before. Ids begin
   * with the start of the stretch, so that those of another run never meet them.
   */
  *messages({ startMs, endMs = Infinity, ratePerSecond }: Stretch): Generator<SimulatedMessage> {
    const random = new Random(this.#seed, 'messages', startMs);
    const prefix = `sim-${startMs.toString(36)}`;
    const toCome = new TimeQueue<SimulatedMessage>();
    let number = 0;
    let atMs = startMs + random.exponential(1_000 / ratePerSecond(startMs));
    for (;;) {
      while (toCome.next !== undefined && toCome.next.knownAtMs <= Math.min(atMs, endMs)) {
        const message = toCome.take();
        if (message !== undefined) yield message;
      }
      if (atMs >= endMs) return;
      for (const message of this.#tell(`${prefix}-${++number}`, Math.floor(atMs), random))
        toCome.add(message);
      atMs += random.exponential(1_000 / ratePerSecond(atMs));
    }
  }

  #tell(id: string, knownAtMs: number, random: Random): SimulatedMessage[] {
    const { occasion, address, habit, occurredAtMs } = this.#happen(knownAtMs, random);
    const { happening } = occasion;
    const isInCity = isInside(address, CITY_OF_LONDON);
    const incident: IncidentMessage = {
      id,
      origin: 'simulated',
      ...timesOf({ happening, habit, occurredAtMs, knownAtMs }, random),
      location: {
        ...toDegrees(address),
        ...(habit.precisionMetres !== undefined && { precisionMetres: habit.precisionMetres }),
      },
      category: happening.category,
      ...markersOf(happening, random),
      severity: severityOf(happening, random),
      force: isInCity ? 'city-of-london' : 'metropolitan',
      ...discoveryOf(happening, habit),
    };
    const isCityCall = isInCity && habit.feed.feed === 'metropolitan-calls';
    const feed = isCityCall ? CITY_POLICE : habit.feed;
    return withFollowUps({ knownAtMs, incident }, random).map((told) => ({ ...told, feed }));
  }

  #happen(
    knownAtMs: number,
    random: Random,
  ): { occasion: Occasion; address: Point; habit: FeedHabit; occurredAtMs: number } {
    const flare = this.#flares.next(knownAtMs, random);
    const occasion =
      flare?.occasion ?? occasionsAt(LOCAL_TIME.localTime(knownAtMs).hourOfWeek).choose(random);
    const habit = habitsFor(occasion).choose(random);
    let delayMs = random.logNormal(habit.delayMinutes, habit.delaySpread) * MINUTE_MS;
    if (random.chance(LATE_SHARE)) delayMs += random.exponential(2 * DAY_MS);
    const occurredAtMs = knownAtMs - delayMs;
    const { happening, place } = occasion;
    const address =
      flare?.address ??
      this.#repeats.next(happening, occurredAtMs, random) ??
      this.#places.somewhere(place, random);
    this.#repeats.remember(happening, { atMs: knownAtMs, address });
    return { occasion, address, habit, occurredAtMs };
  }
}

/** The same messages for the same seed, start and rate; without a past. */
export function simulateCity(options: {
  seed: number;
  ratePerSecond: number;
  startMs: number;
}): Generator<SimulatedMessage> {
  const { seed, ratePerSecond, startMs } = options;
  return new SimulatedCity(seed).messages({ startMs, ratePerSecond: () => ratePerSecond });
}

interface Told {
  happening: Happening;
  habit: FeedHabit;
  occurredAtMs: number;
  knownAtMs: number;
}

function timesOf(
  { happening, habit, occurredAtMs, knownAtMs }: Told,
  random: Random,
): Pick<IncidentMessage, 'occurredAt' | 'occurredUntil' | 'reportedAt' | 'timePrecision'> {
  const isSpan = happening.unseen === true && habit.saysReportedAt === true;
  const untilMs = Math.min(knownAtMs, occurredAtMs + random.logNormal(4 * HOUR_MS, 0.6));
  const precisionMs = isSpan ? HOUR_MS : MINUTE_MS;
  return {
    occurredAt: formatInstant(Math.floor(occurredAtMs / precisionMs) * precisionMs),
    ...(isSpan && { occurredUntil: formatInstant(untilMs), timePrecision: 'hour' }),
    ...(habit.saysReportedAt === true && { reportedAt: formatInstant(knownAtMs) }),
  };
}

function markersOf({ markers }: Happening, random: Random): Pick<IncidentMessage, 'markers'> {
  const drawn = MARKERS.filter((marker) => markers[marker] !== undefined && random.chance(markers[marker]));
  return drawn.length === 0 ? {} : { markers: drawn };
}

function severityOf({ severity }: Happening, random: Random): number {
  const change = random.next();
  return Math.min(5, Math.max(1, change < 0.15 ? severity - 1 : change > 0.85 ? severity + 1 : severity));
}

function discoveryOf({ category }: Happening, habit: FeedHabit): Pick<IncidentMessage, 'discovery'> {
  if (category === 'drugs' || category === 'possession-of-weapons') return { discovery: 'officer' };
  return habit.discovery === undefined ? {} : { discovery: habit.discovery };
}
