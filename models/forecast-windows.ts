/** The windows that training and backtests forecast: back to back in local time, as live forecasts are issued. */
import { DAY_MS, HOUR_MS, type TimeZone } from '../shared/time.ts';

/** Half-open, epoch milliseconds. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** How far ahead is forecast. */
export type Horizon = { hours: number } | { months: 1 };

export function windowsOf(span: Span, horizon: Horizon, timeZone: TimeZone): Span[] {
  return 'hours' in horizon ? hourWindows(span, horizon.hours, timeZone) : monthWindows(span, timeZone);
}

/** Shifts begin at 06, 14 and 22; all other lengths count from midnight. */
const FIRST_LOCAL_HOUR: ReadonlyMap<number, number> = new Map([[8, 6]]);

/**
 * All windows of `horizonHours` that lie within the span: daily or longer ones begin at local midnight,
 * shorter ones at fixed local hours. Each lasts exactly its hours, so where clocks change two windows may
 * overlap, or leave out, an hour. Throws `RangeError` for hours that neither divide a day nor are whole days.
 */
export function hourWindows({ fromMs, toMs }: Span, horizonHours: number, timeZone: TimeZone): Span[] {
  const wholeDays = horizonHours % 24 === 0;
  if (!Number.isInteger(horizonHours) || horizonHours < 1 || (!wholeDays && 24 % horizonHours !== 0)) {
    throw new RangeError(`a horizon must divide a day or be whole days, not ${String(horizonHours)} hours`);
  }
  const dayStep = Math.max(1, horizonHours / 24);
  const windows: Span[] = [];
  let midnightMs = timeZone.startOfDay(fromMs);
  for (let day = 0; midnightMs < toMs; day++) {
    const hours = wholeDays ? (day % dayStep === 0 ? [0] : []) : localHours(horizonHours);
    for (const hour of hours) {
      const startMs = atLocalHour(midnightMs, hour, timeZone);
      const endMs = startMs + horizonHours * HOUR_MS;
      if (startMs >= fromMs && endMs <= toMs) windows.push({ fromMs: startMs, toMs: endMs });
    }
    midnightMs = nextMidnight(midnightMs, timeZone);
  }
  return windows;
}

/** Whole local months within the span. */
export function monthWindows({ fromMs, toMs }: Span, timeZone: TimeZone): Span[] {
  const starts: number[] = [];
  const date = new Date(fromMs + timeZone.offsetMs(fromMs));
  for (let month = date.getUTCMonth(); ; month++) {
    const year = date.getUTCFullYear() + Math.floor(month / 12);
    const startMs = timeZone.instantOf({
      year,
      month: (month % 12) + 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
    });
    if (startMs === undefined || startMs > toMs) break;
    if (startMs >= fromMs) starts.push(startMs);
  }
  return starts.slice(1).map((endMs, i) => ({ fromMs: starts[i] ?? endMs, toMs: endMs }));
}

function localHours(horizonHours: number): number[] {
  const first = FIRST_LOCAL_HOUR.get(horizonHours) ?? 0;
  return Array.from({ length: 24 / horizonHours }, (_, i) => first + i * horizonHours);
}

function atLocalHour(midnightMs: number, hour: number, timeZone: TimeZone): number {
  const guess = midnightMs + hour * HOUR_MS;
  return guess - (timeZone.offsetMs(guess) - timeZone.offsetMs(midnightMs));
}

function nextMidnight(midnightMs: number, timeZone: TimeZone): number {
  return timeZone.startOfDay(midnightMs + DAY_MS + 4 * HOUR_MS);
}
