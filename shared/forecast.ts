/** Forecasts: how many incidents a cell is expected to see in a coming interval. */

export const HORIZONS = [1, 8, 24] as const;
export type HorizonHours = (typeof HORIZONS)[number];

/** The half-open interval that a forecast speaks of, RFC 3339. */
export interface ForecastWindow {
  from: string;
  to: string;
}

export function isHorizon(hours: number): hours is HorizonHours {
  return HORIZONS.some((horizon) => horizon === hours);
}
