/** How incidents spread over the hours of the week, and what share of a window falls where. */
import { HOUR_MS, HOURS_PER_WEEK, type TimeZone } from '../../shared/time.ts';
import { DAY_QUARTERS, growth } from './kernels.ts';

// Pseudo-incidents: a group needs about so many a year before its own hours outweigh everyone's.
const LEANING_ON_ALL = 336;
const ALL_LEANING_ON_FLAT = 168;
// Times are heaped on the hour and at midnight, where the hour is a guess.
const SMOOTHING = [0.25, 0.5, 0.25] as const;

/** 168 values around a mean of 1: how busy each hour of the week is (local time, Monday first). */
export type WeeklyProfile = Float64Array;

/**
 * `groupHours` and `allHours` are decayed counts of incidents per hour of the week, `observedHours` how often each
 * hour was lived through, decayed alike: an hour that was never observed is as busy as the group leans to, not empty; nor as
 * busy as the few of its incidents say that were told late, from before a feed's beginning.
 */
export function weeklyProfile(
  groupHours: Float64Array,
  allHours: Float64Array,
  observedHours: Float64Array,
): WeeklyProfile {
  const flat = new Float64Array(HOURS_PER_WEEK).fill(1);
  const observed = smooth(observedHours);
  const within = (hours: Float64Array): Float64Array =>
    hours.map((count, hour) => ((observedHours[hour] ?? 0) > 0 ? count : 0));
  const all = leaning(smooth(within(allHours)), observed, flat, ALL_LEANING_ON_FLAT);
  return leaning(smooth(within(groupHours)), observed, all, LEANING_ON_ALL);
}

/** The mean of a gamma posterior for each hour, around `on`; then scaled to a mean of 1. */
function leaning(
  counts: Float64Array,
  observed: Float64Array,
  on: WeeklyProfile,
  pseudoIncidents: number,
): WeeklyProfile {
  const usual = observed.map((hours, hour) => hours * around(on, hour));
  const rate = sum(counts) / Math.max(sum(usual), Number.MIN_VALUE);
  const each = pseudoIncidents / HOURS_PER_WEEK;
  const profile = counts.map(
    (count, hour) => (count + each * around(on, hour)) / (rate * around(observed, hour) + each),
  );
  const mean = sum(profile) / HOURS_PER_WEEK;
  return profile.map((value) => value / mean);
}

function smooth(hours: Float64Array): Float64Array {
  const [before, here, after] = SMOOTHING;
  return hours.map((_, hour) =>
    Math.max(
      0,
      before * around(hours, hour - 1) + here * around(hours, hour) + after * around(hours, hour + 1),
    ),
  );
}

/**
 * How often each hour of the week came in the last `oldestDays`, up to `youngestDays` ago, each time weighed by
 * 2^(−age / half-life): a geometric series from its latest coming. Changes of clocks are left out. Of the hour that is running
 * only `elapsed` has been lived through: in a past of days it would else pass for an hour in which next to nothing happens.
 */
export function observedHours(
  nowHourOfWeek: number,
  oldestDays: number,
  youngestDays: number,
  halfLifeDays: number,
  elapsed = 0,
): Float64Array {
  const weekly = growth(-7, halfLifeDays);
  return Float64Array.from({ length: HOURS_PER_WEEK }, (_, hour) => {
    const latestDays = ((nowHourOfWeek - hour + HOURS_PER_WEEK) % HOURS_PER_WEEK) / 24;
    const comings = (days: number): number => Math.max(0, Math.ceil((days - latestDays) / 7));
    const decayed = (count: number): number => (1 - weekly ** count) / (1 - weekly);
    const isRunning = latestDays === 0 && comings(oldestDays) > 0 && comings(youngestDays) === 0;
    return (
      growth(-latestDays, halfLifeDays) * (decayed(comings(oldestDays)) - decayed(comings(youngestDays))) -
      (isRunning ? 1 - elapsed : 0)
    );
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
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
