/** Counts a cell's incidents in a window of whole hours: by category and by hour, what nobody knows the hour of apart. */
import { CATEGORIES } from '../../shared/category.ts';
import type { CellCountsDetail } from '../../shared/cell-detail.ts';
import { isTimed, periodAt, spanOf } from '../../shared/period.ts';
import { formatInstant, HOUR_MS, type TimeZone } from '../../shared/time.ts';
import type { CountedIncident } from '../../models/features/counted-incident.ts';

/** As read for the cell: those that may be told of, with what became of them. */
export type ToldIncident = Pick<CountedIncident, 'category' | 'occurredAtMs' | 'timePrecision'> & {
  status: string;
};

/** The hour under way, and the `hours` − 1 before it. */
export function windowOf(nowMs: number, hours: number): { fromMs: number; toMs: number } {
  return { fromMs: (Math.floor(nowMs / HOUR_MS) - hours + 1) * HOUR_MS, toMs: nowMs };
}

export function countIncidents(
  incidents: readonly ToldIncident[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  timeZone: TimeZone,
): Omit<CellCountsDetail, 'withoutSensitive'> {
  const isInWindow = ({ occurredAtMs, timePrecision }: ToldIncident): boolean => {
    if (isTimed(timePrecision)) return occurredAtMs >= fromMs && occurredAtMs <= toMs;
    const span = spanOf(periodAt(occurredAtMs, timePrecision, timeZone), timeZone);
    return span.toMs > fromMs && span.fromMs <= toMs;
  };
  const inWindow = incidents.filter(isInWindow);
  const counting = inWindow.filter(({ status }) => status !== 'cancelled');
  const timed = counting.filter(({ timePrecision }) => isTimed(timePrecision));
  const hours = Math.floor(toMs / HOUR_MS) - fromMs / HOUR_MS + 1;
  const byHour = new Array<number>(hours).fill(0);
  for (const { occurredAtMs } of timed) {
    const hour = Math.floor((occurredAtMs - fromMs) / HOUR_MS);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const byCategory = CATEGORIES.map((category) => ({
    category,
    count: timed.filter((incident) => incident.category === category).length,
  }));
  return {
    from: formatInstant(fromMs),
    to: formatInstant(toMs),
    total: timed.length,
    byCategory: byCategory.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count),
    byHour: byHour.map((count, hour) => ({ from: formatInstant(fromMs + hour * HOUR_MS), count })),
    untimed: counting.length - timed.length,
    cancelled: inWindow.length - counting.length,
  };
}
