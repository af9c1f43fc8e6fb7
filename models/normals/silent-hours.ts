/** Tells hours without incidents from hours of which nothing was told: a feed's silence must not count as quiet. */
import type { HourSeries } from './hour-series.ts';

/** A stretch without any incident that should have brought so many is a silence: by chance alone once in 160,000. */
const SILENT_EXPECTED = 12;
/** A day with less than this share of a usual one's incidents was told of in part only, or lies before the beginning. */
const EARNEST_SHARE = 0.25;
const DAY_HOURS = 24;

/**
 * For each hour of the series 1 where nothing can be said of it, else 0. `series` must hold all that was told of the
 * area, whatever its theme and whoever found it: what is rare is not silent.
 */
export function silentHours(series: HourSeries): Uint8Array {
  const counts = Array.from(series.counts);
  const silent = new Uint8Array(counts.length);
  const usualDay = usualDayOf(counts);
  const start = earnestStart(counts, usualDay);
  silent.fill(1, 0, start);
  markThinDays(counts, silent, { start, usualDay });
  markLongZeros(counts, silent, { start, rates: ratesByHourOfDay(counts, start) });
  return silent;
}

function daySum(counts: readonly number[], start: number): number {
  return counts.slice(start, start + DAY_HOURS).reduce((sum, count) => sum + count, 0);
}

/** The day that half of all incidents fall on or below. */
function usualDayOf(counts: readonly number[]): number {
  const days: number[] = [];
  for (let start = 0; start + DAY_HOURS <= counts.length; start += DAY_HOURS)
    days.push(daySum(counts, start));
  days.sort((one, other) => one - other);
  const half = days.reduce((sum, day) => sum + day, 0) / 2;
  let seen = 0;
  return days.find((day) => (seen += day) >= half) ?? 0;
}

/** The first incident of the first day in earnest. */
function earnestStart(counts: readonly number[], usualDay: number): number {
  for (let start = 0; start + DAY_HOURS <= counts.length; start++) {
    if ((counts[start] ?? 0) > 0 && daySum(counts, start) >= EARNEST_SHARE * usualDay) return start;
  }
  return counts.length;
}

function markThinDays(
  counts: readonly number[],
  silent: Uint8Array,
  { start, usualDay }: { start: number; usualDay: number },
): void {
  // Of few incidents a thin day is chance.
  if (EARNEST_SHARE * usualDay < SILENT_EXPECTED) return;
  for (let day = start; day + DAY_HOURS <= counts.length; day += DAY_HOURS) {
    if (daySum(counts, day) < EARNEST_SHARE * usualDay) silent.fill(1, day, day + DAY_HOURS);
  }
}

/** Incidents an hour, by the hour since the series began, modulo a day: enough to know that four in the morning is quiet. */
function ratesByHourOfDay(counts: readonly number[], start: number): number[] {
  const sums = new Array<number>(DAY_HOURS).fill(0);
  const hours = new Array<number>(DAY_HOURS).fill(0);
  for (let hour = start; hour < counts.length; hour++) {
    const ofDay = hour % DAY_HOURS;
    sums[ofDay] = (sums[ofDay] ?? 0) + (counts[hour] ?? 0);
    hours[ofDay] = (hours[ofDay] ?? 0) + 1;
  }
  return sums.map((sum, ofDay) => sum / Math.max(1, hours[ofDay] ?? 0));
}

function markLongZeros(
  counts: readonly number[],
  silent: Uint8Array,
  { start, rates }: { start: number; rates: readonly number[] },
): void {
  let from = start;
  let expected = 0;
  for (let hour = start; hour <= counts.length; hour++) {
    if (hour < counts.length && counts[hour] === 0) {
      expected += rates[hour % DAY_HOURS] ?? 0;
      continue;
    }
    if (expected >= SILENT_EXPECTED) silent.fill(1, from, hour);
    from = hour + 1;
    expected = 0;
  }
}
