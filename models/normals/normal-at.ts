/** What is usual for the hours up to a moment: the same hours of the week in the last year, by the clock on the wall. */
import { HOUR_MS, HOURS_PER_WEEK, type TimeZone } from '../../shared/time.ts';
import { countBefore, hourOf, type HourSeries } from './hour-series.ts';
import {
  boundsOf,
  FEWEST_WEEKS,
  MOST_WEEKS,
  usualOf,
  type Usual,
  type UsualBounds,
  type Week,
} from './usual-count.ts';

const WEEK_MS = HOURS_PER_WEEK * HOUR_MS;
/** Where more of the hours than this are silent, the week says nothing of them; where fewer are, the others stand for them. */
const MOST_SILENT_SHARE = 0.1;

export interface NormalQuestion {
  /** The reported incidents of the area and theme. */
  series: HourSeries;
  /** Of the same hours: 1 where nothing was told of the area (`silentHours`). */
  silent: ArrayLike<number>;
  /** The window's end, epoch milliseconds, and its length, which need not be of whole hours. */
  atMs: number;
  hours: number;
  timeZone: TimeZone;
}

export interface Normal extends UsualBounds {
  expected: number;
  /** How many of the last 52 weeks told of these hours. */
  weeks: number;
}

/**
 * Undefined where fewer than `FEWEST_WEEKS` weeks told of these hours. The series is by whole hours: of a window that ends
 * within one, what is usual lies between that of the windows that end before and after; of one that is no whole hours
 * long, between that of the shorter and the longer one.
 */
export function normalAt(question: NormalQuestion): Normal | undefined {
  const { hours } = question;
  const fewer = Math.floor(hours);
  const longer = usualEndingAt({ ...question, hours: Math.ceil(hours) });
  if (longer === undefined) return undefined;
  const nothing = { ...longer, expected: 0 };
  const shorter =
    fewer === hours ? longer : fewer === 0 ? nothing : usualEndingAt({ ...question, hours: fewer });
  if (shorter === undefined) return undefined;
  const mixed = between(shorter, longer, hours - fewer);
  return { expected: mixed.expected, ...boundsOf(mixed), weeks: mixed.weeks };
}

function usualEndingAt(question: NormalQuestion): Usual | undefined {
  const { atMs } = question;
  const beforeMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
  const passed = (atMs - beforeMs) / HOUR_MS;
  const before = usualOf(earlierWeeks(question, beforeMs));
  const after = passed === 0 ? before : usualOf(earlierWeeks(question, beforeMs + HOUR_MS));
  return before === undefined || after === undefined ? undefined : between(before, after, passed);
}

/** The same wall time so many weeks before: across a change of clocks the instant moves by an hour. */
export function weeksEarlier(atMs: number, weeks: number, timeZone: TimeZone): number {
  const sameInUtc = atMs - weeks * WEEK_MS;
  return sameInUtc + timeZone.offsetMs(atMs) - timeZone.offsetMs(sameInUtc);
}

function earlierWeeks({ series, silent, hours, timeZone }: NormalQuestion, endMs: number): Week[] {
  const weeks: Week[] = [];
  const quiet: HourSeries = { firstHour: series.firstHour, counts: silent };
  for (let weeksAgo = 1; weeksAgo <= MOST_WEEKS; weeksAgo++) {
    const end = hourOf(weeksEarlier(endMs, weeksAgo, timeZone));
    const count = told(hours, countBefore(series, end, hours), countBefore(quiet, end, hours));
    const weekTotal = told(
      HOURS_PER_WEEK,
      countBefore(series, end, HOURS_PER_WEEK),
      countBefore(quiet, end, HOURS_PER_WEEK),
    );
    if (count !== undefined && weekTotal !== undefined) weeks.push({ weeksAgo, count, weekTotal });
  }
  return weeks.length < FEWEST_WEEKS ? [] : weeks;
}

/** The count as it would have been without the silent hours, where they are few. */
function told(hours: number, count: number | undefined, silentCount: number | undefined): number | undefined {
  if (count === undefined || silentCount === undefined || silentCount > MOST_SILENT_SHARE * hours)
    return undefined;
  return (count * hours) / (hours - silentCount);
}

function between(before: Usual, after: Usual, passed: number): Usual {
  const mix = (one: number, other: number): number => one + passed * (other - one);
  return {
    expected: mix(before.expected, after.expected),
    dispersion80: mix(before.dispersion80, after.dispersion80),
    dispersion95: mix(before.dispersion95, after.dispersion95),
    weeks: Math.min(before.weeks, after.weeks),
  };
}
