/** How incidents spread over the hours of the week, and what share of a window falls where. */
import { HOUR_MS, HOURS_PER_WEEK, type TimeZone } from '../../shared/time.ts';
import { DAY_QUARTERS } from './kernels.ts';

// Pseudo-incidents: a group needs about so many a year before its own hours outweigh everyone's.
const LEANING_ON_ALL = 336;
const ALL_LEANING_ON_FLAT = 168;
// Times are heaped on the hour and at midnight, where the hour is a guess.
const SMOOTHING = [0.25, 0.5, 0.25] as const;

/** 168 values around a mean of 1, from decayed counts per hour of the week (local time, Monday first). */
export type WeeklyProfile = Float64Array;

/** `groupHours` and `allHours` are decayed counts of incidents, both to the same instant. */
export function weeklyProfile(groupHours: Float64Array, allHours: Float64Array): WeeklyProfile {
  const flat = new Float64Array(HOURS_PER_WEEK).fill(1);
  return leaning(groupHours, leaning(allHours, flat, ALL_LEANING_ON_FLAT), LEANING_ON_ALL);
}

function leaning(hours: Float64Array, on: WeeklyProfile, pseudoIncidents: number): WeeklyProfile {
  const counts = hours.map((count) => Math.max(0, count));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [before, here, after] = SMOOTHING;
  return counts.map((count, hour) => {
    const smooth = before * around(counts, hour - 1) + here * count + after * around(counts, hour + 1);
    return (smooth * HOURS_PER_WEEK + pseudoIncidents * around(on, hour)) / (total + pseudoIncidents);
  });
}

function around(hours: Float64Array, hour: number): number {
  return hours[(hour + HOURS_PER_WEEK) % HOURS_PER_WEEK] ?? 0;
}

/** A window as its profile weighs it. */
export interface WeighedWindow {
  /** Hours, each counted by how busy it usually is; equal to the window's length for a flat profile. */
  weightedHours: number;
  /** Which share of the window's incidents to expect in each quarter of the day. */
  quarterShares: Float64Array;
  weekendShare: number;
}

/** Real elapsed hours are weighed, so a day of 23 or 25 hours has that many. */
export function weighWindow(
  { fromMs, toMs }: { fromMs: number; toMs: number },
  profile: WeeklyProfile,
  timeZone: TimeZone,
): WeighedWindow {
  const quarterShares = new Float64Array(DAY_QUARTERS);
  let weightedHours = 0;
  let weekendHours = 0;
  for (let atMs = fromMs; atMs < toMs;) {
    const local = timeZone.localTime(atMs);
    const untilMs = Math.min(toMs, atMs + HOUR_MS - (local.sinceMidnightMs % HOUR_MS));
    const hours = (around(profile, local.hourOfWeek) * (untilMs - atMs)) / HOUR_MS;
    const quarter = Math.floor((local.hourOfDay * DAY_QUARTERS) / 24);
    quarterShares[quarter] = (quarterShares[quarter] ?? 0) + hours;
    weightedHours += hours;
    if (local.isWeekend) weekendHours += hours;
    atMs = untilMs;
  }
  return {
    weightedHours,
    quarterShares: quarterShares.map((hours) => (weightedHours > 0 ? hours / weightedHours : 0)),
    weekendShare: weightedHours > 0 ? weekendHours / weightedHours : 0,
  };
}

/** The shares of a whole week, as `weighWindow` gives them for a window. */
export function weekShares(profile: WeeklyProfile): Pick<WeighedWindow, 'quarterShares' | 'weekendShare'> {
  const quarterShares = new Float64Array(DAY_QUARTERS);
  let weekendShare = 0;
  profile.forEach((value, hour) => {
    const quarter = Math.floor(((hour % 24) * DAY_QUARTERS) / 24);
    quarterShares[quarter] = (quarterShares[quarter] ?? 0) + value / HOURS_PER_WEEK;
    if (hour >= 5 * 24) weekendShare += value / HOURS_PER_WEEK;
  });
  return { quarterShares, weekendShare };
}
