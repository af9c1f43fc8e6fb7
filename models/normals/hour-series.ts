/** Incidents of one area and theme, hour by hour. */
import { HOUR_MS } from '../../shared/time.ts';

export interface HourSeries {
  /** The first hour's beginning, in hours since the epoch. */
  firstHour: number;
  /** Incidents in each hour from there on; what lies outside is not known. */
  counts: ArrayLike<number>;
}

/** Incidents in the `hours` up to `endHour` (hours since the epoch, itself left out), or undefined where not all of them are known. */
export function countBefore(
  { firstHour, counts }: HourSeries,
  endHour: number,
  hours: number,
): number | undefined {
  const end = endHour - firstHour;
  if (end - hours < 0 || end > counts.length) return undefined;
  let sum = 0;
  for (let hour = end - hours; hour < end; hour++) sum += counts[hour] ?? 0;
  return sum;
}

export function hourOf(epochMs: number): number {
  return Math.floor(epochMs / HOUR_MS);
}
