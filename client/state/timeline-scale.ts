/** How moments lie on the time slider: from left to right, with marks on whole hours and days of the room's time zone. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeZone } from '../../shared/time.ts';
import type { ReplayRange } from './replay-query.ts';

/** 0 at the left end, 1 at the right one; beyond them outside. */
export function fractionAt(ms: number, { fromMs, toMs }: ReplayRange): number {
  return (ms - fromMs) / (toMs - fromMs);
}

export function momentAt(fraction: number, { fromMs, toMs }: ReplayRange): number {
  return fromMs + Math.min(1, Math.max(0, fraction)) * (toMs - fromMs);
}

/** Kept within the slider, for what begins before it or ends after it. */
export function spanOn(fromMs: number, toMs: number, window: ReplayRange): { left: number; width: number } {
  const left = Math.max(0, fractionAt(fromMs, window));
  return { left, width: Math.max(0, Math.min(1, fractionAt(toMs, window)) - left) };
}

export interface Mark {
  atMs: number;
  /** Whether it is midnight there. */
  isDay: boolean;
}

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 56].map((days) => days * DAY_MS),
];

/** At most so many marks, as even as the wall clock allows. */
export function marksOn(window: ReplayRange, timeZone: TimeZone, most: number): Mark[] {
  const { fromMs, toMs } = window;
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= most) ?? 112 * DAY_MS;
  const marks: Mark[] = [];
  let midnight = timeZone.startOfDay(fromMs);
  while (midnight <= toMs) {
    const days = Math.max(1, Math.round(stepMs / DAY_MS));
    // Noon of the day that follows lies in it, however long the clocks made this one.
    const next = timeZone.startOfDay(midnight + (days - 1) * DAY_MS + 1.5 * DAY_MS);
    for (let atMs = midnight; atMs < next && atMs <= toMs; atMs += Math.min(stepMs, DAY_MS)) {
      if (atMs >= fromMs && (atMs === midnight || stepMs < DAY_MS)) {
        marks.push({ atMs, isDay: atMs === timeZone.startOfDay(atMs) });
      }
    }
    midnight = next;
  }
  return marks;
}
