/** The weeks of a test, hour by hour: a patrol plan is made for a week before it begins. */
import { DAY_MS, HOUR_MS, type TimeZone } from '../../shared/time.ts';
import type { Span } from '../forecast-windows.ts';

const DAYS_PER_WEEK = 7;

export interface Week {
  span: Span;
  hours: Span[];
  /** Per hour, which day of the test it lies in. */
  days: number[];
}

/** Local midnights from the one at or before the span's beginning; the last is at or after its end. */
function midnights({ fromMs, toMs }: Span, timeZone: TimeZone): number[] {
  const found = [timeZone.startOfDay(fromMs)];
  for (let last = found[0] ?? fromMs; last < toMs; found.push(last)) {
    // Noon of the next day, however long this one is.
    last = timeZone.startOfDay(last + 1.5 * DAY_MS);
  }
  return found;
}

/** Seven days each, from the beginning of the span; the last may be shorter. */
export function weeksOf(span: Span, timeZone: TimeZone): Week[] {
  const days = midnights(span, timeZone);
  const weeks: Week[] = [];
  for (let first = 0; first + 1 < days.length; first += DAYS_PER_WEEK) {
    const fromMs = Math.max(span.fromMs, days[first] ?? span.fromMs);
    const toMs = Math.min(span.toMs, days[first + DAYS_PER_WEEK] ?? span.toMs);
    const week: Week = { span: { fromMs, toMs }, hours: [], days: [] };
    for (let atMs = fromMs, day = first; atMs < toMs; atMs += HOUR_MS) {
      while (atMs >= (days[day + 1] ?? Infinity)) day++;
      week.hours.push({ fromMs: atMs, toMs: Math.min(toMs, atMs + HOUR_MS) });
      week.days.push(day);
    }
    weeks.push(week);
  }
  return weeks;
}

/** How many local days a span touches. */
export function daysIn(span: Span, timeZone: TimeZone): number {
  return midnights(span, timeZone).length - 1;
}
