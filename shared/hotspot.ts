/** Hotspots: the cells ranked highest by their forecast, within the area share. */
import type { Cell } from './cell.ts';

/** The top 1 % of the area's cells, at most 50 per force. */
export const HOTSPOT_AREA_SHARE = 0.01;
export const MAX_HOTSPOTS = 50;

export interface Hotspot {
  /** 1 is the highest. */
  rank: number;
  cell: Cell;
  /** Expected incidents in the window, with the 10 % and 90 % quantiles of the count. */
  expected: number;
  lower: number;
  upper: number;
  /** Incidents in the last `horizonHours` before the ranking, for comparison. */
  observed: number;
}
