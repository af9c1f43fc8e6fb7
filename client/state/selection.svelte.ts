/** What the reader chose to look at: theme, horizon, how far back the heat reaches, whose area, which incidents, one cell. */
import type { Cell } from '../../shared/cell.ts';
import { HORIZONS, type HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { HEAT_HOURS, HEAT_WEIGHTS, type HeatHours, type HeatWeight } from './heat-window.ts';
import { NO_FILTER, type IncidentFilter } from './incident-filter.ts';
import { readQuery, writeQuery } from './selection-query.ts';

export class Selection {
  theme = $state<Theme>('all');
  horizonHours = $state<HorizonHours>(8);
  /** Null where the heat looks back as far as the forecast looks ahead. */
  heatHours = $state<HeatHours | null>(null);
  heatWeight = $state<HeatWeight>('recency');
  /** One force's data alone, or null for all that one may see. */
  force = $state<Force | null>(null);
  /** The hexagon whose detail is open, fine or coarse. */
  cell = $state<Cell | null>(null);
  /** Which incidents stand in lists; the map and its figures show all of the theme. */
  filter = $state.raw<IncidentFilter>(NO_FILTER);
  /** Whether the map is shown as a table. */
  table = $state(false);
  /** What the server lets this client see. */
  forces = $state.raw<readonly Force[]>([]);
  themes = $state.raw<readonly Theme[]>(THEMES);

  /** @param query the address's query: `?theme=burglary&horizon=24&heat=1`; what it does not know is ignored */
  constructor(query: string) {
    const asked = readQuery(query);
    this.theme = asked.theme;
    this.horizonHours = asked.horizonHours;
    this.heatHours = asked.heatHours;
    this.heatWeight = asked.heatWeight;
    this.force = asked.force;
    this.cell = asked.cell;
    this.filter = asked.filter;
    this.table = asked.table;
  }

  /** The query that brings this selection back, but for what is given otherwise. */
  query(otherwise: { force?: Force | null } = {}): string {
    const { theme, horizonHours, heatHours, heatWeight, force, cell, filter, table } = this;
    return writeQuery({
      theme,
      horizonHours,
      heatHours,
      heatWeight,
      force,
      cell,
      filter,
      table,
      ...otherwise,
    });
  }

  /** Keeps to what the server allows; the first theme it names stands in for one it does not. */
  allow(themes: readonly Theme[], forces: readonly Force[]): void {
    this.themes = themes;
    this.forces = forces;
    if (this.force !== null && !forces.includes(this.force)) this.force = null;
    if (!themes.includes(this.theme)) this.theme = themes[0] ?? 'all';
  }

  nextTheme(): void {
    this.theme = after(this.themes, this.theme);
  }

  nextHorizon(): void {
    this.horizonHours = after(HORIZONS, this.horizonHours);
  }

  nextHeat(): void {
    this.heatHours = after([null, ...HEAT_HOURS], this.heatHours);
  }

  nextWeight(): void {
    this.heatWeight = after(HEAT_WEIGHTS, this.heatWeight);
  }
}

function after<Choice>(choices: readonly Choice[], current: Choice): Choice {
  // One of the choices may be null.
  const next = choices[(choices.indexOf(current) + 1) % choices.length];
  return next === undefined ? current : next;
}
