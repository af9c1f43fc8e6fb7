/** Shifts: from 06, 14 and 22 local time to the next of them; where clocks change one lasts an hour more or less. */
import { DAY_MS, type TimeZone } from './time.ts';

export const SHIFT_STARTS = [6, 14, 22] as const;

export interface Span {
  fromMs: number;
  toMs: number;
}

/** Starts of all shifts that touch the span, in order; epoch milliseconds. */
export function shiftStartsIn({ fromMs, toMs }: Span, timeZone: TimeZone): number[] {
  const starts: number[] = [];
  let midnightMs = timeZone.startOfDay(timeZone.startOfDay(fromMs) - DAY_MS / 2);
  while (midnightMs < toMs) {
    const date = new Date(midnightMs + timeZone.offsetMs(midnightMs));
    for (const hour of SHIFT_STARTS) {
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      const startMs = timeZone.instantOf({ year, month, day, hour, minute: 0, second: 0 });
      if (startMs !== undefined) starts.push(startMs);
    }
    midnightMs = timeZone.startOfDay(midnightMs + 1.2 * DAY_MS);
  }
  return starts.filter((startMs, i) => startMs < toMs && (starts[i + 1] ?? Infinity) > fromMs);
}

/** The shift that the instant lies in. */
export function shiftAt(atMs: number, timeZone: TimeZone): Span {
  const starts = shiftStartsIn({ fromMs: atMs, toMs: atMs + DAY_MS }, timeZone);
  const [fromMs = NaN, toMs = NaN] = starts;
  return { fromMs, toMs };
}

/** Of which shift the span is, by the hour at which it starts; null where it is no whole shift. */
export function shiftOf({ fromMs, toMs }: Span, timeZone: TimeZone): (typeof SHIFT_STARTS)[number] | null {
  const shift = shiftAt(fromMs, timeZone);
  if (shift.fromMs !== fromMs || shift.toMs !== toMs) return null;
  return SHIFT_STARTS.find((hour) => hour === timeZone.localTime(fromMs).hourOfDay) ?? null;
}
