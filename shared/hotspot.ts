/** Hotspots: the cells ranked highest by their forecast, within the area share. */
import type { Cell } from './cell.ts';

/** The top 1 % of the area's cells, at most 50 per force. */
export const HOTSPOT_AREA_SHARE = 0.01;
export const MAX_HOTSPOTS = 50;

/** How far a count may be from what is expected. */
export interface Spread {
  /** Its 10 % and 90 % quantiles: four windows of five bring a count from `lower` to `upper`. */
  lower: number;
  upper: number;
  /** Its 2.5 % and 97.5 % quantiles. */
  lower95: number;
  upper95: number;
  /** The probability of at least one. */
  chanceOfAny: number;
}

type LaterFields = 'lower95' | 'upper95' | 'chanceOfAny';

/** The later fields are missing in what was announced before there were any. */
export interface Hotspot extends Omit<Spread, LaterFields>, Partial<Pick<Spread, LaterFields>> {
  /** 1 is the highest. */
  rank: number;
  cell: Cell;
  /** Expected incidents in the window. */
  expected: number;
  /** Incidents in the last `horizonHours` before the ranking, for comparison. */
  observed: number;
}
