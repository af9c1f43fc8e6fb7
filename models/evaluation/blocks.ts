/** The blocks of a test that are drawn again for intervals: its local days, or its months where windows are months. */
import type { TimeZone } from '../../shared/time.ts';
import type { Horizon, Span } from '../forecast-windows.ts';

export interface Blocks {
  /** Of each window. */
  byWindow: number[];
  count: number;
  blockIs: 'day' | 'month';
}

/** A window belongs to the local day in which it begins. */
export function blocksOf(windows: readonly Span[], horizon: Horizon, timeZone: TimeZone): Blocks {
  const indices = new Map<number, number>();
  const byWindow = windows.map(({ fromMs }) => {
    const dayMs = timeZone.startOfDay(fromMs);
    const block = indices.get(dayMs) ?? indices.size;
    indices.set(dayMs, block);
    return block;
  });
  return { byWindow, count: indices.size, blockIs: 'months' in horizon ? 'month' : 'day' };
}
