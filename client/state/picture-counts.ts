/** What the picture has counted of one theme, in the windows that trail behind the clock. */
import type { Cell } from '../../shared/cell.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { nowCast, type Completeness, type NowCast } from '../../shared/reporting-delay.ts';
import type { Theme } from '../../shared/theme.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { CellCounts, stepAt } from './cell-counts.ts';
import type { PictureClock } from './feed-clock.ts';
import { recencyOf, type HeatHours, type HeatWeight } from './heat-window.ts';
import { PastTally, type PastOf, type PastQuestion } from './past-tally.ts';
import { trailingWindow, type StepWindow } from './trailing-window.ts';

export interface Subscription {
  theme: Theme;
  horizonHours: HorizonHours;
  /** One force's data alone; null for all that one may see, where that is more than one. */
  force: Force | null;
}

/** Live counts reach back so far; a longer window needs the past beside them. */
const DAY_HOURS = 24;
/** How far behind the past may fall, where a fast clock outruns the asking for it: two days in steps. */
const MOST_BEHIND = (2 * DAY_MS) / COUNT_STEP_MS;
const NOBODY: PastOf = { theme: 'all', force: null };

/** A day's trend has so many bars: wide enough to be told apart from the back of a room. */
export const TREND_BINS = 12;

export class PictureCounts {
  readonly counts = new CellCounts();
  /** What happened before the live counts begin, where a longer window than a day was asked for. */
  readonly past = new PastTally();
  subscription: Subscription | undefined;
  protected readonly clock: PictureClock;

  constructor(clock: PictureClock) {
    this.clock = clock;
  }

  /** Incidents per cell in the trailing window; lets go of what has aged out. */
  totals(hours: HeatHours): Map<Cell, number> {
    const { from, liveFrom } = this.#window(hours);
    const totals = this.counts.totals(liveFrom);
    if (hours > DAY_HOURS) this.past.weigh(from * COUNT_STEP_MS, 'count', () => 1, totals);
    return totals;
  }

  /** Of each of the cells its incidents of the last day, two hours at a time, the oldest first. */
  trends(cells: Iterable<Cell>): Map<Cell, number[]> {
    const { from } = trailingWindow(this.clock, this.counts, DAY_HOURS);
    const bins = { from, bins: TREND_BINS, stepsPerBin: DAY_MS / COUNT_STEP_MS / TREND_BINS };
    return new Map(Array.from(cells, (cell) => [cell, this.counts.trend(cell, bins)]));
  }

  /** What each cell weighs in the heat of the trailing window. */
  weights(hours: HeatHours, weight: HeatWeight): Map<Cell, number> {
    const { from, liveFrom, keepTo, endMs } = this.#window(hours);
    const of = weight === 'harm' ? 'harm' : 'count';
    const factorOf = (atMs: number): number =>
      weight === 'even' ? 1 : recencyOf(endMs - atMs, hours * HOUR_MS);
    const factors = Float64Array.from({ length: keepTo + 1 - liveFrom }, (_, i) =>
      factorOf((liveFrom + i + 0.5) * COUNT_STEP_MS),
    );
    const weights = new Map<Cell, number>();
    this.counts.weigh({ from: liveFrom, factors, of }, weights);
    if (hours > DAY_HOURS) this.past.weigh(from * COUNT_STEP_MS, of, factorOf, weights);
    return weights;
  }

  /** What to ask the server for, so that a window of these hours is whole; undefined where it is. */
  pastQuestion(hours: HeatHours): PastQuestion | undefined {
    if (this.subscription === undefined || hours <= DAY_HOURS) return undefined;
    const { endMs } = trailingWindow(this.clock, this.counts, hours);
    return this.past.question(this.subscription, endMs, hours);
  }

  /** Whether all of a window of these hours is known. */
  knows(hours: HeatHours): boolean {
    return (
      hours <= DAY_HOURS ||
      (this.subscription !== undefined && this.past.untilMs(this.subscription) !== undefined)
    );
  }

  /** The window, and where in it the live counts begin. */
  #window(hours: HeatHours): StepWindow & { liveFrom: number } {
    const window = trailingWindow(this.clock, this.counts, hours);
    const pastUntilMs = this.past.untilMs(this.subscription ?? NOBODY);
    const pastUntil = pastUntilMs === undefined ? window.keepFrom : stepAt(pastUntilMs);
    // What follows the past that is known is kept until more of it is.
    this.counts.keepOnly(
      Math.min(window.keepFrom, Math.max(pastUntil, window.keepFrom - MOST_BEHIND)),
      window.keepTo,
    );
    return { ...window, liveFrom: hours > DAY_HOURS ? Math.max(window.from, pastUntil) : window.from };
  }

  /** What the trailing window's count will come to, by how long incidents take to be known; at real pace only. */
  nowCast(hours: HorizonHours, curve: Completeness): NowCast | null {
    const now = this.clock.now();
    if (now === undefined || this.clock.speed !== 1) return null;
    const { from } = trailingWindow(this.clock, this.counts, hours);
    const counts = this.counts.bySteps(from);
    const moments: [ageMs: number, count: number][] = [];
    for (let step = from; step <= stepAt(now); step++) {
      // Its middle; of the step under way, the middle of what has passed.
      const middle = (step * COUNT_STEP_MS + Math.min(now, (step + 1) * COUNT_STEP_MS)) / 2;
      moments.push([now - middle, counts.get(step) ?? 0]);
    }
    return nowCast(moments, curve);
  }
}
