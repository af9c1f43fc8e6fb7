/** Numbers, ages and times of day as they are shown. */
import type { TimePrecision } from '../../shared/incident.ts';
import { kindOf, type Period } from '../../shared/period.ts';
import { DAY_MS } from '../../shared/time.ts';
import { placeFrom } from '../state/place.ts';
import { dateFormat, type DateFormat } from './welsh-dates.ts';
import { words } from './words.ts';

const numbers = new Map<string, Intl.NumberFormat>();

/** Where a runtime knows no Welsh numbers it must not fall back to its own language: Wales writes them as Britain does. */
function formatNumber(value: number, decimals: number): string {
  const key = `${words.locale} ${decimals}`;
  let format = numbers.get(key);
  if (format === undefined) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    format = new Intl.NumberFormat([words.locale, 'en-GB'], digits);
    numbers.set(key, format);
  }
  return format.format(value);
}

export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** A share as `18 %`, small ones with a digit after the point. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${formatNumber(percent, percent > 0 && percent < 9.95 && !Number.isInteger(percent) ? 1 : 0)} %`;
}

/** Two figures where they matter: 0.04, 0.31, 2.1, 38. */
export function formatExpected(value: number): string {
  if (value > 0 && value < 0.995) return formatNumber(value, 2);
  return value < 9.95 ? formatNumber(value, 1) : formatCount(Math.round(value));
}

/** Quantiles of a count are whole numbers; of a sum they need not be. */
export function formatInterval(lower: number, upper: number): string {
  const bound = (value: number): string =>
    Number.isInteger(value) ? formatCount(value) : formatExpected(value);
  return `${bound(lower)}–${bound(upper)}`;
}

/** One unit, rounded down: 42 s, 12 min, 3 h, 2 d. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < 120) return words.seconds(seconds);
  if (seconds < 7_200) return words.minutes(Math.floor(seconds / 60));
  if (seconds < 172_800) return words.wholeHours(Math.floor(seconds / 3_600));
  return words.days(Math.floor(seconds / 86_400));
}

/** `3.2 km NE`; right at the centre, just `centre`. */
export function formatPlace(
  centre: readonly [latitude: number, longitude: number],
  point: readonly [latitude: number, longitude: number],
): string {
  const { kilometres, direction } = placeFrom(centre, point);
  if (kilometres < 0.2) return words.centre;
  const distance = formatNumber(kilometres, kilometres < 9.95 ? 1 : 0);
  return words.kilometres(distance, words.direction[direction]);
}

type Shape = 'time' | 'clock' | 'date' | 'day' | 'month' | 'longDay' | 'longMonth';
const SHAPES: Record<Shape, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  longDay: { weekday: 'short', day: 'numeric', month: 'long' },
  longMonth: { month: 'long', year: 'numeric' },
};
const formats = new Map<string, DateFormat>();

/** Epoch milliseconds as local time of an IANA zone. */
export function formatTime(epochMs: number, timeZone: string, shape: Shape): string {
  const key = `${words.locale} ${timeZone} ${shape}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = dateFormat(words.locale, { timeZone, ...SHAPES[shape] });
    formats.set(key, format);
  }
  return format.format(epochMs);
}

/** `March 2021`, or `Thu 4 March`; where forces are not equally far, the first and the last. */
export function formatPeriods(first: Period, last: Period): string {
  const long = (period: Period): string =>
    formatTime(firstDay(period), 'UTC', kindOf(period) === 'month' ? 'longMonth' : 'longDay');
  return words.periods(long(first), long(last));
}

/** `in Mar 2021` or `on 4 Mar`: never what could be read as a moment. */
export function formatInPeriod(period: Period): string {
  const kind = kindOf(period);
  return words.inPeriod[kind](formatTime(firstDay(period), 'UTC', kind));
}

/** A date has no zone of its own: it is formatted in the one it is made in. */
function firstDay(period: Period): number {
  return Date.parse(kindOf(period) === 'month' ? `${period}-01` : period);
}

/** When an incident happened whose time of day is known; another day's shows the day. */
export function formatOccurred(
  occurredMs: number,
  precision: TimePrecision,
  nowMs: number,
  timeZone: string,
): string {
  if (Math.abs(nowMs - occurredMs) >= DAY_MS) return formatTime(occurredMs, timeZone, 'day');
  const time = formatTime(occurredMs, timeZone, 'time');
  return precision === 'hour' ? words.aboutHour(time) : time;
}

/** To the minute: `14:05`, another day's with its day, `21 Nov, 23:10`. */
export function formatMoment(atMs: number, nowMs: number, timeZone: string): string {
  const [time, day] = [formatTime(atMs, timeZone, 'time'), formatTime(atMs, timeZone, 'day')];
  return day === formatTime(nowMs, timeZone, 'day') ? time : `${day}, ${time}`;
}

/** `9 %`, of a part between 0 and 1; to two figures. */
export function formatShare(share: number): string {
  const shape = { style: 'percent', maximumSignificantDigits: 2 } as const;
  return new Intl.NumberFormat([words.locale, 'en-GB'], shape).format(share);
}
