/** What the model counts of an incident, whether it counts it at all, and when it takes it to have happened. */
import type { Category, Marker } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { DISCOVERIES, TimePrecision } from '../../shared/incident.ts';
import { THEMES, belongsTo } from '../../shared/theme.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';

export interface CountedIncident {
  cell: Cell;
  occurredAtMs: number;
  timePrecision: TimePrecision;
  category: Category;
  markers: readonly Marker[];
  discovery: (typeof DISCOVERIES)[number];
}

/** An incident of the past, with when one could first know of it. */
export interface KnownIncident extends CountedIncident {
  knownAtMs: number;
  /** `[latitude, longitude]` in degrees, where somebody measures finer than by cells: a baseline of the backtest. */
  place?: readonly [number, number];
}

/**
 * Officers find crime where they are sent, and a sensor hears only where it hangs: counting either
 * would send the next patrol to the same place again (Lum & Isaac 2016).
 */
export function feedsModel(incident: Pick<CountedIncident, 'discovery'>): boolean {
  return incident.discovery === 'reported';
}

/** A named set of incidents that is counted by itself: a theme, or categories that a backtest asks for. */
export interface IncidentGroup {
  name: string;
  includes: (incident: Pick<CountedIncident, 'category' | 'markers'>) => boolean;
}

/** Every incident that feeds the model: what each theme leans on. */
export const ALL: IncidentGroup = { name: 'all', includes: () => true };

export const THEME_GROUPS: readonly IncidentGroup[] = THEMES.map((theme) => ({
  name: theme,
  includes: (incident) => belongsTo(theme, incident),
}));

const MEAN_MONTH_MS = 30.44 * DAY_MS;

/** How long the span is within which the incident happened, as far as its time is known. */
const SPAN_MS: Record<TimePrecision, number> = {
  minute: 0,
  hour: HOUR_MS,
  day: DAY_MS,
  month: MEAN_MONTH_MS,
};

/** The middle of the span in which it happened: a month's incidents did not all happen on its first day. */
export function countedAtMs({ occurredAtMs, timePrecision }: CountedIncident): number {
  return occurredAtMs + SPAN_MS[timePrecision] / 2;
}

/** Whether the hour is known, so that rhythms may be learnt from it. */
export function knowsHour({ timePrecision }: CountedIncident): boolean {
  return timePrecision === 'minute' || timePrecision === 'hour';
}
