/** Keeps at hand what is usual: counts the last year now and then, and answers for any force, theme and window. */
import type { Force } from '../../shared/force.ts';
import type { AgainstNormal, NoNormalReason, Normal, NormalHours } from '../../shared/normal.ts';
import { NORMAL_HOURS } from '../../shared/normal.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { HOUR_MS, HOURS_PER_WEEK, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import { hourOf } from '../../models/normals/hour-series.ts';
import { normalAt } from '../../models/normals/normal-at.ts';
import { MOST_WEEKS } from '../../models/normals/usual-count.ts';
import type { Clock, Monotonic } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { selectHourCounts, selectWindowCounts, type WindowCounts } from '../store/hour-count-store.ts';
import { YearOfHours } from './year-of-hours.ts';

/** The week before the first of the last 52, and an hour for a change of clocks. */
const KEPT_HOURS = (MOST_WEEKS + 2) * HOURS_PER_WEEK + 1;
/** Counting the year may take a hundredth of the time. */
const REST_PER_WORK = 100;
const SHORTEST_REST_MS = MINUTE_MS;
/** What is usual changes slowly: it is told for moments this far apart. */
const STEP_MS = 5 * MINUTE_MS;
/** So long, in real time, a window's counts serve all who ask. */
const COUNTS_KEPT_MS = 2_000;
/** Above it a window that ends at the clock would be empty: what drives the clock is still under way. */
const FAST = 60;

export interface NormalsOptions {
  database: Database;
  clock: Clock;
  timeZone: string;
  monotonic?: Monotonic;
}

interface Counted {
  atMs: number;
  year: YearOfHours;
  known: Map<string, Normal | null | undefined>;
}

interface Reported {
  counts: WindowCounts[];
  atMs: number;
}

export class Normals {
  readonly #options: NormalsOptions;
  readonly #timeZone: TimeZone;
  readonly #monotonic: Monotonic;
  #counted: Counted | undefined;
  #dueAtMs = -Infinity;
  #reported: Promise<Reported> | undefined;
  #reportedUntilMs = -Infinity;

  constructor(options: NormalsOptions) {
    this.#options = options;
    this.#timeZone = new TimeZone(options.timeZone);
    this.#monotonic = options.monotonic ?? (() => performance.now());
  }

  /** Counts the year anew where that is due; cheap where it is not. */
  async refresh(): Promise<void> {
    const nowMs = this.#options.clock.now();
    // A recording that starts over leaves a year behind that lies ahead of it.
    const isAhead = this.#counted !== undefined && this.#counted.atMs > nowMs + HOUR_MS;
    const beganAtMs = this.#monotonic();
    if (beganAtMs < this.#dueAtMs && !isAhead) return;
    const endHour = hourOf(nowMs);
    const firstHour = endHour - KEPT_HOURS;
    const { database } = this.#options;
    const counts = await selectHourCounts(database, firstHour * HOUR_MS, endHour * HOUR_MS);
    this.#counted = { atMs: nowMs, year: new YearOfHours(counts, firstHour, endHour), known: new Map() };
    const tookMs = this.#monotonic() - beganAtMs;
    this.#dueAtMs = beganAtMs + Math.max(SHORTEST_REST_MS, REST_PER_WORK * tookMs);
  }

  /** The end of the windows, epoch milliseconds: now, or where a recording is played in haste, as far as it has got. */
  async endMs(): Promise<number> {
    return (await this.#windowCounts()).atMs;
  }

  /** For the forces as one area, in the trailing window of so many hours. */
  async of(forces: readonly Force[], theme: Theme, hours: NormalHours): Promise<AgainstNormal> {
    const { counts, atMs } = await this.#windowCounts();
    const wanted = new Set(forces);
    const place = NORMAL_HOURS.indexOf(hours);
    const reported = counts
      .filter((count) => wanted.has(count.force) && themesOf(count).includes(theme))
      .reduce((sum, { incidents }) => sum + (incidents[place] ?? 0), 0);
    const normal = this.#normal(forces, theme, hours, Math.floor(atMs / STEP_MS) * STEP_MS);
    return typeof normal === 'string'
      ? { reported, normal: null, reason: normal }
      : { reported, normal, reason: null };
  }

  /**
   * What is usual in any span, whatever came: null with the reason where it cannot be told. Of a span that is long past
   * fewer weeks are known before it.
   */
  usualIn(
    forces: readonly Force[],
    theme: Theme,
    { fromMs, toMs }: { fromMs: number; toMs: number },
  ): Pick<AgainstNormal, 'normal' | 'reason'> {
    const counted = this.#counted;
    if (counted === undefined) return { normal: null, reason: 'not-counted' };
    const known = counted.year.of(forces, theme);
    if (known === undefined) return { normal: null, reason: 'no-data' };
    const hours = (toMs - fromMs) / HOUR_MS;
    const normal = normalAt({ ...known, atMs: toMs, hours, timeZone: this.#timeZone });
    return normal === undefined ? { normal: null, reason: 'history-too-short' } : { normal, reason: null };
  }

  #normal(forces: readonly Force[], theme: Theme, hours: NormalHours, atMs: number): Normal | NoNormalReason {
    const counted = this.#counted;
    if (counted === undefined) return 'not-counted';
    const key = `${forces.join()}|${theme}|${hours}|${atMs}`;
    let normal = counted.known.get(key);
    if (normal === undefined) {
      const known = counted.year.of(forces, theme);
      normal =
        known === undefined ? null : (normalAt({ ...known, atMs, hours, timeZone: this.#timeZone }) ?? null);
      counted.known.set(key, normal);
    }
    if (normal !== null) return normal;
    return this.#options.clock.speed > FAST ? 'clock-too-fast' : 'history-too-short';
  }

  #windowCounts(): Promise<Reported> {
    if (this.#reported === undefined || this.#monotonic() >= this.#reportedUntilMs) {
      this.#reportedUntilMs = this.#monotonic() + COUNTS_KEPT_MS;
      this.#reported = this.#readWindows();
      // Whoever waits for it is told; the next asks again.
      this.#reported.catch(() => (this.#reportedUntilMs = -Infinity));
    }
    return this.#reported;
  }

  async #readWindows(): Promise<Reported> {
    const { database, clock } = this.#options;
    const nowMs = clock.now();
    const atMs = clock.speed > FAST ? Math.min(nowMs, (await newestOccurredMs(database)) ?? nowMs) : nowMs;
    const fromsMs = NORMAL_HOURS.map((hours) => atMs - hours * HOUR_MS);
    return { counts: await selectWindowCounts(database, fromsMs, atMs), atMs };
  }
}

async function newestOccurredMs(database: Database): Promise<number | undefined> {
  const feeds = await selectFeeds(database);
  const newest = Math.max(...feeds.map(({ lastOccurredAt }) => lastOccurredAt?.getTime() ?? -Infinity));
  return Number.isFinite(newest) ? newest : undefined;
}
