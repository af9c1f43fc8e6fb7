/** Outages: for a while nothing comes from a feed; afterwards what it would have told arrives late, or never. */
import { MINUTE_MS } from '../../shared/time.ts';
import type { FeedName } from '../feeds/subjects.ts';
import { DayParts } from './day-parts.ts';
import { FEEDS } from './feed-habits.ts';
import { Random } from './random.ts';

export interface Outage {
  feed: FeedName;
  startMs: number;
  durationMs: number;
  backlog: 'late' | 'lost';
}

const SHORTEST_MINUTES = 20;
const LONGEST_MINUTES = 90;
/** What waited comes so much faster than it was told. */
const CATCHING_UP = 50;

/** The outages that are named, and others at any time that seed and time alone decide. */
export class Outages {
  readonly #named: readonly Outage[];
  readonly #seed: number;
  readonly #parts: DayParts;
  readonly #known = new Map<number, Outage>();

  constructor(seed: number, named: readonly Outage[], perDay: number) {
    this.#named = named;
    this.#seed = seed;
    this.#parts = new DayParts(perDay);
  }

  /** Those that begin within the span, its end left out. */
  beginning(fromMs: number, toMs: number): Outage[] {
    return this.#between(fromMs, toMs).filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  }

  /** When a message of the feed arrives that would have come at this time; `undefined`: never. */
  arrivalMs(feed: FeedName, atMs: number): number | undefined {
    for (const { feed: silent, startMs, durationMs, backlog } of this.#between(
      atMs - LONGEST_MINUTES * MINUTE_MS,
      atMs + 1,
    )) {
      const isSilent = silent.agency === feed.agency && silent.feed === feed.feed;
      if (!isSilent || atMs < startMs || atMs >= startMs + durationMs) continue;
      if (backlog === 'lost') return undefined;
      const arrivalMs = Math.ceil(startMs + durationMs + (atMs - startMs) / CATCHING_UP);
      return this.arrivalMs(feed, arrivalMs); // another outage may follow at once
    }
    return atMs;
  }

  /** More than what the span touches: whole parts of days, and all that are named. */
  #between(fromMs: number, toMs: number): Outage[] {
    return [...this.#named, ...[...this.#parts.touching(fromMs, toMs)].map((part) => this.#outageOf(part))];
  }

  #outageOf(part: number): Outage {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const random = new Random(this.#seed, 'outages', part);
    const outage: Outage = {
      feed: FEEDS[Math.floor(random.next() * FEEDS.length)] as FeedName, // never beyond its end
      startMs: this.#parts.someTimeIn(part, random),
      durationMs: Math.floor(random.between(SHORTEST_MINUTES, LONGEST_MINUTES) * MINUTE_MS),
      backlog: 'late',
    };
    if (this.#known.size > 200) this.#known.clear();
    this.#known.set(part, outage);
    return outage;
  }
}
