/** The city's past: a history in months that is thin long ago and, at its end, as dense as the live stream that follows. */
import { HOUR_MS, TimeZone } from '../../shared/time.ts';
import { busyness } from './rhythm.ts';
import type { Stretch } from './simulate-city.ts';

export interface HistoryOptions {
  startMs: number;
  endMs: number;
  /** Of the live stream. */
  ratePerSecond: number;
  /** How many incidents at most, about. */
  incidents: number;
}

const LOCAL_TIME = new TimeZone('Europe/London');

/**
 * A live rate that shows something every second would fill months with millions. So the rate falls off
 * with age as 1 / (age + t), t chosen for the number asked for: the last hours look like the live ones,
 * and each day before them still holds enough to tell where and when things happen.
 */
export function historyStretch({ startMs, endMs, ratePerSecond, incidents }: HistoryOptions): Stretch {
  const spanSeconds = (endMs - startMs) / 1_000;
  const thinning = thinningSeconds(spanSeconds, incidents / ratePerSecond);
  return {
    startMs,
    endMs,
    ratePerSecond: (atMs) => {
      const ageSeconds = Math.max(0, endMs - atMs) / 1_000;
      // The live stream keeps its rate at every hour; the history goes over to that without a step.
      const asInWeek = ageSeconds / (ageSeconds + (6 * HOUR_MS) / 1_000);
      const hour = busyness(LOCAL_TIME.localTime(atMs).hourOfWeek) ** asInWeek;
      return ratePerSecond * hour * (thinning === Infinity ? 1 : thinning / (ageSeconds + thinning));
    },
  };
}

/** The t for which t · ln(1 + span / t), the integral of t / (age + t), is the one wanted; all in seconds. */
function thinningSeconds(span: number, wanted: number): number {
  if (wanted >= span) return Infinity;
  let low = 0;
  let high = span * 1e6;
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (middle * Math.log1p(span / middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
