/** How many incidents a day an area sees at present, and at which hours, however long or late its past is. */
import { periodAt, spanOf } from '../../shared/period.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { ALL } from './counted-incident.ts';
import type { Coverage } from './coverage.ts';
import type { GroupCounts } from './group-counts.ts';
import type { HistoryState } from './history-state.ts';
import { effectiveDays, growth, LEVEL_HALF_LIFE_DAYS, RHYTHM_HALF_LIFE_DAYS } from './kernels.ts';
import { SLOW_LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { observedHours, weeklyProfile, type WeeklyProfile } from './weekly-profile.ts';

/** A silence of this length is taken for quiet; beyond it, for a feed that has not told yet. */
const QUIET_DAYS = 2;
// Less would make a flood of the first incident.
const SHORTEST_HISTORY_DAYS = 1 / 24;

// Incidents of the slow level that are worth as much as recent ones: a group with one a day needs both.
const SLOW_INCIDENTS = 20;

/** Incidents per day in all cells together, as known at `nowMs`. */
export function expectedPerDay(history: HistoryState, { level }: GroupCounts, nowMs: number): number {
  const days = (nowMs - history.referenceMs) / DAY_MS;
  const decayed = (sum: number, halfLifeDays: number): number =>
    Math.max(0, sum) * growth(-days, halfLifeDays);
  const slow = decayed(level.slow, SLOW_LEVEL_HALF_LIFE_DAYS);
  const monthly = decayed(level.monthly, SLOW_LEVEL_HALF_LIFE_DAYS);
  const monthlyRate = monthly === 0 ? 0 : monthly / monthlyExposureDays(history, nowMs);
  if (slow === 0) return monthlyRate;
  const over = (halfLifeDays: number): number => exposureDays(history.coverage, nowMs, halfLifeDays);
  const slowRate = slow / over(SLOW_LEVEL_HALF_LIFE_DAYS);
  const recent = decayed(level.recent, LEVEL_HALF_LIFE_DAYS);
  const recentDays = over(LEVEL_HALF_LIFE_DAYS);
  return monthlyRate + (recent + SLOW_INCIDENTS) / (recentDays + SLOW_INCIDENTS / slowRate);
}

/** The group's hour-of-week profile, as known at `nowMs`. */
export function profileAt(history: HistoryState, counts: GroupCounts, nowMs: number): WeeklyProfile {
  const decay = growth((history.referenceMs - nowMs) / DAY_MS, RHYTHM_HALF_LIFE_DAYS);
  const decayed = (sums: Float64Array): Float64Array => sums.map((sum) => sum * decay);
  const { oldest, youngest } = knownDays(history.coverage, nowMs);
  const { hourOfWeek, sinceMidnightMs } = history.timeZone.localTime(nowMs);
  const elapsed = (sinceMidnightMs % HOUR_MS) / HOUR_MS;
  const observed = observedHours(hourOfWeek, oldest, youngest, RHYTHM_HALF_LIFE_DAYS, elapsed);
  return weeklyProfile(decayed(counts.hourOfWeek), decayed(history.countsOf(ALL.name).hourOfWeek), observed);
}

function exposureDays(coverage: Coverage, nowMs: number, halfLifeDays: number): number {
  const { oldest, youngest } = knownDays(coverage, nowMs);
  return effectiveDays(oldest, youngest, halfLifeDays);
}

/**
 * Up to the end of the latest month, which a recording tells of at its beginning and a publisher weeks after
 * its end, but both at once: while it lasts, the rest of it is known as well and lies ahead.
 */
function monthlyExposureDays({ monthCoverage, timeZone }: HistoryState, nowMs: number): number {
  const { firstMs, latestMs } = monthCoverage;
  const { toMs } = spanOf(periodAt(latestMs, 'month', timeZone), timeZone);
  return effectiveDays((nowMs - firstMs) / DAY_MS, (nowMs - toMs) / DAY_MS, SLOW_LEVEL_HALF_LIFE_DAYS);
}

/** How many days ago the past begins that is known, and ends. */
function knownDays({ firstMs, latestMs }: Coverage, nowMs: number): { oldest: number; youngest: number } {
  const youngest = Math.max(0, (nowMs - latestMs) / DAY_MS - QUIET_DAYS);
  return { oldest: Math.max(youngest + SHORTEST_HISTORY_DAYS, (nowMs - firstMs) / DAY_MS), youngest };
}
