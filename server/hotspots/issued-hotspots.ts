/** Ranks an issued forecast again, with what had been observed by then. */
import { coarseCell, fineCells, type Cell } from '../../shared/cell.ts';
import type { HotspotRanking } from '../../shared/messages.ts';
import { isTimed } from '../../shared/period.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { THEME_GROUPS } from '../../models/features/counted-incident.ts';
import type { Database } from '../store/database.ts';
import type { FoundForecast } from '../store/forecast-store.ts';
import { selectNearbyIncidents, type NearbyIncident } from '../store/nearby-incidents.ts';
import { hotspotsOf } from './hotspots-of.ts';
import { rankHotspots } from './rank.ts';

export interface ShownFinely {
  cells: readonly Cell[];
  expected: readonly number[];
  coarse: boolean;
  /** Whether an incident may be told of in these cells. */
  mayTell: (incident: NearbyIncident) => boolean;
}

/** `dispersion` is the forecast's own. */
export async function issuedHotspots(
  database: Pick<Database, 'query'>,
  { force, theme, horizonHours, issuedAt, window, modelId }: FoundForecast,
  dispersion: number,
  { cells, expected, coarse, mayTell }: ShownFinely,
): Promise<HotspotRanking> {
  const ranked = hotspotsOf(rankHotspots(cells, expected), dispersion, () => 0);
  const untilMs = Date.parse(window.from);
  const fromMs = untilMs - horizonHours * HOUR_MS;
  const incidents = await selectNearbyIncidents(database, {
    ...{ forces: [force], fromMs, knownByMs: untilMs, onlyReported: false },
    cells: ranked.flatMap(({ cell }) => (coarse ? fineCells(cell) : [cell])),
  });
  const group = THEME_GROUPS.find(({ name }) => name === theme);
  const observed = new Map<Cell, number>();
  for (const incident of incidents) {
    const { cell, occurredAtMs, timePrecision } = incident;
    if (group?.includes(incident) !== true || !mayTell(incident) || !isTimed(timePrecision)) continue;
    if (occurredAtMs > untilMs) continue;
    const shown = coarse ? coarseCell(cell) : cell;
    observed.set(shown, (observed.get(shown) ?? 0) + 1);
  }
  return {
    ...{
      at: issuedAt,
      force,
      theme,
      horizonHours,
      window,
      modelId,
      unavailable: null,
      areaCells: cells.length,
    },
    hotspots: ranked.map((hotspot) => ({ ...hotspot, observed: observed.get(hotspot.cell) ?? 0 })),
  };
}
