/** A selection as it stands in the address, so that a wall shows the same after a restart. */
import { finenessOf, type Cell } from '../../shared/cell.ts';
import { isHorizon, type HorizonHours } from '../../shared/forecast.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { HEAT_WEIGHTS, isHeatHours, type HeatHours, type HeatWeight } from './heat-window.ts';
import { readFilter, writeFilter, type IncidentFilter } from './incident-filter.ts';

export interface Selected {
  theme: Theme;
  horizonHours: HorizonHours;
  heatHours: HeatHours | null;
  heatWeight: HeatWeight;
  /** Null: all that one may see. */
  force: Force | null;
  cell: Cell | null;
  filter: IncidentFilter;
  /** Whether the map is shown as a table. */
  table: boolean;
}

/** What is missing or unknown is left at its default. */
export function readQuery(query: string): Selected {
  const asked = new URLSearchParams(query);
  const horizon = Number(asked.get('horizon'));
  const heat = Number(asked.get('heat'));
  const cell = asked.get('cell') ?? '';
  return {
    theme: THEMES.find((theme) => theme === asked.get('theme')) ?? 'all',
    horizonHours: isHorizon(horizon) ? horizon : 8,
    heatHours: isHeatHours(heat) ? heat : null,
    heatWeight: HEAT_WEIGHTS.find((weight) => weight === asked.get('weight')) ?? 'recency',
    force: FORCES_AND_UNASSIGNED.find((force) => force === asked.get('force')) ?? null,
    cell: finenessOf(cell) === undefined ? null : cell,
    filter: readFilter(asked),
    table: asked.get('table') === '1',
  };
}

export function writeQuery({
  theme,
  horizonHours,
  heatHours,
  heatWeight,
  force,
  cell,
  filter,
  table,
}: Selected): string {
  const query = new URLSearchParams({ theme, horizon: String(horizonHours) });
  if (heatHours !== null) query.set('heat', String(heatHours));
  if (heatWeight !== 'recency') query.set('weight', heatWeight);
  if (force !== null) query.set('force', force);
  writeFilter(filter, query);
  if (cell !== null) query.set('cell', cell);
  if (table) query.set('table', '1');
  return `?${query.toString().replaceAll('%2C', ',')}`;
}
