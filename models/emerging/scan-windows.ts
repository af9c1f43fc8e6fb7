/** The windows and neighbourhoods that the scan looks at. */
import { MINUTE_MS } from '../../shared/time.ts';

/** Each ends now. */
export const WINDOW_MINUTES = [15, 30, 60, 120, 240, 480, 1_440] as const;
export const WINDOW_COUNT = WINDOW_MINUTES.length;
export const WINDOW_MS = Float64Array.from(WINDOW_MINUTES, (minutes) => minutes * MINUTE_MS);
export const LONGEST_WINDOW_MS = Math.max(...WINDOW_MS);

/** A neighbourhood is a cell and up to so many rings around it: about 0.2, 0.5, 0.8 and 1.1 km from the middle to the rim. */
export const MAX_RINGS = 3;
/** Cells within so many rings. */
export const CELLS_WITHIN = [1, 7, 19, 37] as const;
export const LARGEST_DISK = CELLS_WITHIN[MAX_RINGS];
