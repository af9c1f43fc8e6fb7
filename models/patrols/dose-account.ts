/** Whether a hotspot has had its dose: visits told apart into windows, each begun by its first minute. */
import { MINUTE_MS } from '../../shared/time.ts';
import { LONGEST_GAP_MS } from './dwell.ts';
import type { Stretch } from './presence.ts';

export interface DoseWanted {
  doseMinutes: number;
  everyMinutes: number;
  /** Since it was tasked. */
  fromMs: number;
  nowMs: number;
}

export interface DoseAccount {
  state: 'due' | 'under-way' | 'delivered' | 'over-dosed';
  /** In the present window; 0 where none is open. */
  minutes: number;
  totalMinutes: number;
  lastVisitMs: number | null;
  dueMs: number;
}

/**
 * A window begins with the first minute of a visit and lasts `everyMinutes`; minutes of several units add up. A dose is
 * due again when its window ends; one that a window did not complete was due at its beginning. It is too much from a
 * whole minute beyond the dose on: pings tell no finer.
 */
export function doseAccount(
  stretches: readonly Stretch[],
  { doseMinutes, everyMinutes, fromMs, nowMs }: DoseWanted,
): DoseAccount {
  const everyMs = everyMinutes * MINUTE_MS;
  let windowMs: number | undefined;
  let inWindowMs = 0;
  let totalMs = 0;
  let lastVisitMs: number | null = null;
  const told = stretches
    .map((one) => ({ fromMs: Math.max(one.fromMs, fromMs), toMs: Math.min(one.toMs, nowMs) }))
    .filter((one) => one.toMs > one.fromMs)
    .sort((one, other) => one.fromMs - other.fromMs);
  for (const { fromMs: startMs, toMs: endMs } of told) {
    totalMs += endMs - startMs;
    lastVisitMs = Math.max(lastVisitMs ?? endMs, endMs);
    for (let atMs = startMs; atMs < endMs;) {
      if (windowMs === undefined || atMs >= windowMs + everyMs) {
        windowMs = atMs;
        inWindowMs = 0;
      }
      const untilMs = Math.min(endMs, windowMs + everyMs);
      inWindowMs += untilMs - atMs;
      atMs = untilMs;
    }
  }
  const endMs = windowMs === undefined ? undefined : windowMs + everyMs;
  const isOpen = endMs !== undefined && endMs > nowMs;
  const minutes = isOpen ? inWindowMs / MINUTE_MS : 0;
  const isDelivered = minutes >= doseMinutes;
  const isThere = lastVisitMs !== null && nowMs - lastVisitMs <= LONGEST_GAP_MS && minutes > 0;
  return {
    state:
      Math.floor(minutes) > doseMinutes
        ? 'over-dosed'
        : isDelivered
          ? 'delivered'
          : isThere
            ? 'under-way'
            : 'due',
    minutes,
    totalMinutes: totalMs / MINUTE_MS,
    lastVisitMs,
    dueMs: endMs === undefined ? fromMs : isOpen && !isDelivered ? endMs - everyMs : endMs,
  };
}
