/** Clusters put into the city on purpose: so many more incidents of one kind at one place within some hours. */
import type { Category, Marker } from '../../shared/category.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { DayParts } from './day-parts.ts';
import { HAPPENINGS } from './happenings.ts';
import type { Places } from './places.ts';
import { toDegrees, toPlane, type Point } from './plane.ts';
import { Random } from './random.ts';
import { OCCASIONS, type Occasion } from './rhythm.ts';
import { WeightedChoice } from './weighted-choice.ts';

export interface Cluster {
  centre: { lat: number; lon: number };
  radiusMetres: number;
  /** Incidents that would not have happened without it. */
  size: number;
  startMs: number;
  durationMs: number;
  category: Category;
  /** Carried by each of its incidents, beside what such incidents carry anyway. */
  markers?: readonly Marker[];
}

/** What would be noticed: neither trifles nor what seldom comes in series. */
const NOTICED = HAPPENINGS.filter(({ severity, repeats }) => severity >= 2 && repeats >= 0.25);
/** Of all that happens in the city while one lasts. */
const SHARE = 0.02;
const SMALLEST = 8;
const LARGEST = 2_000;

/** One in each part of a day, at any time in it; which they are depends on seed, time and rate alone. */
export class ClusterSchedule {
  readonly #seed: number;
  readonly #places: Places;
  readonly #parts: DayParts;

  constructor(seed: number, perDay: number, places: Places) {
    this.#seed = seed;
    this.#places = places;
    this.#parts = new DayParts(perDay);
  }

  /** Those that begin within the span, its end left out. */
  beginning(fromMs: number, toMs: number, ratePerSecond: (atMs: number) => number): Cluster[] {
    return [...this.#parts.touching(fromMs, toMs)]
      .map((part) => this.#clusterOf(part, ratePerSecond))
      .filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  }

  #clusterOf(part: number, ratePerSecond: (atMs: number) => number): Cluster {
    const random = new Random(this.#seed, 'clusters', part);
    const startMs = this.#parts.someTimeIn(part, random);
    const durationMs = Math.floor(random.between(0.75, 3) * HOUR_MS);
    const happening = new WeightedChoice(NOTICED.map((kind) => [kind, kind.share] as const)).choose(random);
    const { place } = occasionOf(({ happening: own }) => own === happening, random);
    const usual = SHARE * ratePerSecond(startMs) * (durationMs / 1_000);
    return {
      centre: toDegrees(this.#places.somewhere(place, random)),
      radiusMetres: Math.round(random.between(100, 300)),
      size: Math.round(Math.min(LARGEST, Math.max(SMALLEST, usual * random.between(0.6, 1.4)))),
      startMs,
      durationMs,
      category: happening.category,
    };
  }
}

/** One incident of a cluster. */
export interface Extra {
  occasion: Occasion;
  address: Point;
  occurredAtMs: number;
}

/** The incidents of a cluster in order of time. Throws `NoSuchPlace` where no street is within its radius. */
export function extrasOf(cluster: Cluster, places: Places, random: Random): Extra[] {
  const times = Array.from({ length: cluster.size }, () =>
    Math.floor(cluster.startMs + random.next() * cluster.durationMs),
  ).sort((one, other) => one - other);
  return times.map((occurredAtMs) => ({
    occasion: occasionOf(({ happening }) => happening.category === cluster.category, random),
    address: places.within(toPlane(cluster.centre.lat, cluster.centre.lon), cluster.radiusMetres, random),
    occurredAtMs,
  }));
}

function occasionOf(matches: (occasion: Occasion) => boolean, random: Random): Occasion {
  const weighted = OCCASIONS.filter(matches).map((occasion) => {
    const { happening, place } = occasion;
    return [occasion, happening.share * (happening.places[place] ?? 0)] as const;
  });
  return new WeightedChoice(weighted).choose(random);
}
