/** Rolling windows on event time: at each tick, the counts of the hours just past. */
import { map, merge, scan, filter, type Observable } from 'rxjs';
import type { IncidentChange } from '../../shared/announcement.ts';
import { type RollingCounts } from './rolling-counts.ts';

type Event = { change: IncidentChange } | { nowMs: number };

interface Windows {
  counts: RollingCounts;
  /** Set by a tick only. */
  tickMs: number | undefined;
  touched: boolean;
}

export interface WindowTick {
  /** Event time, epoch milliseconds. */
  nowMs: number;
  counts: RollingCounts;
  /** Whether any incident came since the last tick. */
  touched: boolean;
}

/**
 * Counts `changes` as they come and emits at each of `ticks` (event time in epoch milliseconds), after
 * letting go of what has left the windows. `counts` is one object that goes on changing.
 */
export function rollingWindows(
  changes: Observable<IncidentChange>,
  ticks: Observable<number>,
  initial: RollingCounts,
): Observable<WindowTick> {
  const events: Observable<Event> = merge(
    changes.pipe(map((change) => ({ change }))),
    ticks.pipe(map((nowMs) => ({ nowMs }))),
  );
  const start: Windows = { counts: initial, tickMs: undefined, touched: false };
  return events.pipe(
    scan((windows, event): Windows => {
      const { counts } = windows;
      if ('change' in event) {
        counts.apply(event.change);
        return { counts, tickMs: undefined, touched: true };
      }
      counts.expire(event.nowMs);
      return { counts, tickMs: event.nowMs, touched: windows.tickMs === undefined && windows.touched };
    }, start),
    filter((windows): windows is Windows & { tickMs: number } => windows.tickMs !== undefined),
    map(({ counts, tickMs, touched }) => ({ nowMs: tickMs, counts, touched })),
  );
}
