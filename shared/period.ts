/** Periods: the day or month of incidents of which nothing finer is known. */
import type { TimePrecision } from './incident.ts';
import { DAY_MS, type TimeZone } from './time.ts';

export const PERIOD_KINDS = ['day', 'month'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** As the calendar of the server's time zone names it: `2021-03` or `2021-03-04`. Names of one kind sort by time. */
export type Period = string;

/** Whether it may be counted in hours: neither a day nor a month is a moment. */
export function isTimed(timePrecision: TimePrecision): timePrecision is Exclude<TimePrecision, PeriodKind> {
  return timePrecision !== 'day' && timePrecision !== 'month';
}

/** `undefined` for an incident whose time is known. */
export function periodOf(
  { occurredAt, timePrecision }: { occurredAt: string; timePrecision: TimePrecision },
  timeZone: TimeZone,
): Period | undefined {
  return isTimed(timePrecision) ? undefined : periodAt(Date.parse(occurredAt), timePrecision, timeZone);
}

/** The day or month that the instant lies in. */
export function periodAt(epochMs: number, kind: PeriodKind, timeZone: TimeZone): Period {
  return new Date(epochMs + timeZone.offsetMs(epochMs)).toISOString().slice(0, kind === 'month' ? 7 : 10);
}

export function kindOf(period: Period): PeriodKind {
  return period.length === 7 ? 'month' : 'day';
}

/** Local midnight of its first day, and of the day after its last; epoch milliseconds. */
export function spanOf(period: Period, timeZone: TimeZone): { fromMs: number; toMs: number } {
  const [year = NaN, month = NaN, day] = period.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1, day ?? 1));
  const after = new Date(Date.UTC(year, day === undefined ? month : month - 1, (day ?? 0) + 1));
  return { fromMs: midnight(first, timeZone), toMs: midnight(after, timeZone) };
}

/** A day's incidents are news for three days, a month's for three months: publishers are weeks behind. */
const SHOWN_DAYS: Record<PeriodKind, number> = { day: 3, month: 93 };

/** Whether a period is still shown beside what happens now. */
export function isRecentPeriod(period: Period, nowMs: number, timeZone: TimeZone): boolean {
  return spanOf(period, timeZone).fromMs > nowMs - SHOWN_DAYS[kindOf(period)] * DAY_MS;
}

/** How far back a recent period may begin. */
export const LONGEST_SHOWN_MS = SHOWN_DAYS.month * DAY_MS;

function midnight(date: Date, timeZone: TimeZone): number {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return timeZone.instantOf({ year, month, day, hour: 0, minute: 0, second: 0 }) ?? NaN;
}
