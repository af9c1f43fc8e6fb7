/** How far back the heat reaches, and what an incident weighs in it. */

export const HEAT_HOURS = [1, 8, 24, 168] as const;
export type HeatHours = (typeof HEAT_HOURS)[number];

/** Recent incidents more than old ones; the harm of recent incidents more than that of old ones; or each as one. */
export const HEAT_WEIGHTS = ['recency', 'harm', 'even'] as const;
export type HeatWeight = (typeof HEAT_WEIGHTS)[number];

export function isHeatHours(value: number): value is HeatHours {
  return HEAT_HOURS.some((hours) => hours === value);
}

/** What is left at the window's beginning of what one that has just happened weighs. */
const LEFT_AT_BEGINNING = 0.25;

/** Falls evenly in proportion, by half in half the window: 1 for what has just happened, a quarter at its beginning. */
export function recencyOf(ageMs: number, windowMs: number): number {
  return LEFT_AT_BEGINNING ** Math.min(1, Math.max(0, ageMs / windowMs));
}
