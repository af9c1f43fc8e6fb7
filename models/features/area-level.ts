/** How many incidents a day an area sees at present, and at which hours, however long or late its past is. */
import { DAY_MS } from '../../shared/time.ts';
import type { Coverage } from './coverage.ts';
import type { GroupCounts } from './group-counts.ts';
import type { HistoryState } from './history-state.ts';
import { effectiveDays, growth, LEVEL_HALF_LIFE_DAYS, RHYTHM_HALF_LIFE_DAYS } from './kernels.ts';
import { SLOW_LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { observedHours, weeklyProfile, type WeeklyProfile } from './weekly-profile.ts';

/** A silence of this length is taken for quiet; beyond it, for a feed that has not told yet. */
const QUIET_DAYS = 2;
const MONTH_DAYS = 30.44;
// Less would make a flood of the first incident.
const SHORTEST_HISTORY_DAYS = 1 / 24;

// Incidents of the slow level that are worth as much as recent ones: a group with one a day needs both.
const SLOW_INCIDENTS = 20;

/** Incidents per day in all cells together, as known at `nowMs`. */
export function expectedPerDay(history: HistoryState, { level }: GroupCounts, nowMs: number): number {
  const days = (nowMs - history.referenceMs) / DAY_MS;
  const over = (coverage: Coverage, quietDays: number, halfLifeDays: number): number =>
    exposureDays(coverage, quietDays, nowMs, halfLifeDays);
  const decayed = (sum: number, halfLifeDays: number): number =>
    Math.max(0, sum) * growth(-days, halfLifeDays);
  const slow = decayed(level.slow, SLOW_LEVEL_HALF_LIFE_DAYS);
  const monthly = decayed(level.monthly, SLOW_LEVEL_HALF_LIFE_DAYS);
  // A month's incidents are told at its end.
  const monthlyRate =
    monthly === 0 ? 0 : monthly / over(history.monthCoverage, MONTH_DAYS, SLOW_LEVEL_HALF_LIFE_DAYS);
  if (slow === 0) return monthlyRate;
  const slowRate = slow / over(history.coverage, QUIET_DAYS, SLOW_LEVEL_HALF_LIFE_DAYS);
  const recent = decayed(level.recent, LEVEL_HALF_LIFE_DAYS);
  const recentDays = over(history.coverage, QUIET_DAYS, LEVEL_HALF_LIFE_DAYS);
  return monthlyRate + (recent + SLOW_INCIDENTS) / (recentDays + SLOW_INCIDENTS / slowRate);
}

/** The group's hour-of-week profile, as known at `nowMs`. */
export function profileAt(history: HistoryState, counts: GroupCounts, nowMs: number): WeeklyProfile {
  const decay = growth((history.referenceMs - nowMs) / DAY_MS, RHYTHM_HALF_LIFE_DAYS);
  const decayed = (sums: Float64Array): Float64Array => sums.map((sum) => sum * decay);
  const { oldest, youngest } = knownDays(history.coverage, QUIET_DAYS, nowMs);
  const { hourOfWeek } = history.timeZone.localTime(nowMs);
  const observed = observedHours(hourOfWeek, oldest, youngest, RHYTHM_HALF_LIFE_DAYS);
  return weeklyProfile(decayed(counts.hourOfWeek), decayed(history.hourOfWeek), observed);
}

function exposureDays(coverage: Coverage, quietDays: number, nowMs: number, halfLifeDays: number): number {
  const { oldest, youngest } = knownDays(coverage, quietDays, nowMs);
  return effectiveDays(oldest, youngest, halfLifeDays);
}

/** How many days ago the past begins that is known, and ends. */
function knownDays(
  { firstMs, latestMs }: Coverage,
  quietDays: number,
  nowMs: number,
): { oldest: number; youngest: number } {
  const youngest = Math.max(0, (nowMs - latestMs) / DAY_MS - quietDays);
  return { oldest: Math.max(youngest + SHORTEST_HISTORY_DAYS, (nowMs - firstMs) / DAY_MS), youngest };
}
