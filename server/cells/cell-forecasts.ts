/** The forecasts of one cell, in every theme and horizon: those of now, asked of a forecaster, or those issued by a moment. */
import type { NatsConnection } from '@nats-io/transport-node';
import type { CellForecast } from '../../shared/cell-detail.ts';
import { coarseCell, type Cell } from '../../shared/cell.ts';
import type { NaiveMap } from '../../shared/explanation.ts';
import { HORIZONS, type HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { naiveMapOf } from '../../models/explanation/objections.ts';
import { THEME_GROUPS, feedsModel } from '../../models/features/counted-incident.ts';
import { spreadOf } from '../../models/interval.ts';
import { permits, type Principal } from '../access/policy.ts';
import { askForecaster, type Answer } from '../explanation/explain-wire.ts';
import { placeOf } from '../explanation/place-in-forecast.ts';
import type { Database } from '../store/database.ts';
import { selectExplanation } from '../store/explanation-store.ts';
import { selectForecast } from '../store/forecast-store.ts';
import type { NearbyIncident } from '../store/nearby-incidents.ts';

export const NOT_FORECAST = 'this hexagon is not part of any area that is forecast and that you may see';

interface Key {
  theme: Theme;
  horizonHours: HorizonHours;
  cell: Cell;
  coarse: boolean;
}

/** The hexagon that a theme may be told of: itself, or the coarse one around it. */
export function keysOf(principal: Principal, cell: Cell): Key[] {
  const around = coarseCell(cell);
  return THEMES.flatMap((theme) => {
    const shown = permits(principal, { act: 'place-theme-finely', theme }) ? cell : around;
    return HORIZONS.map((horizonHours) => ({
      theme,
      horizonHours,
      cell: shown,
      coarse: shown === around,
    }));
  });
}

export interface PastOf {
  /** The incidents, told of or not, that lie in this one of the keys' hexagons. */
  (cell: Cell): readonly NearbyIncident[];
}

/** Of now. The first of the forces that forecasts the cell answers; null where none does. */
export async function forecastsOfNow(
  connection: NatsConnection,
  keys: readonly Key[],
  { forces, pastOf }: { forces: readonly Force[]; pastOf: PastOf },
): Promise<{ force: Force | null; forecasts: CellForecast[] }> {
  for (const force of forces) {
    const answers = await Promise.all(
      keys.map(({ coarse: _, ...key }) => askForecaster(connection, { force, ...key })),
    );
    if (answers.some((answer) => !('unknownCell' in answer))) {
      const forecasts = keys.map((key, index) => forecastOf(key, answers[index], pastOf));
      return { force, forecasts };
    }
  }
  return { force: null, forecasts: keys.map((key) => ({ ...key, unavailable: NOT_FORECAST })) };
}

function forecastOf(key: Key, answer: Answer | undefined, pastOf: PastOf): CellForecast {
  if (answer === undefined || 'unknownCell' in answer) return { ...key, unavailable: NOT_FORECAST };
  if ('unavailable' in answer) return { ...key, unavailable: answer.unavailable };
  const { area, composition, rank, areaCells } = answer.explained;
  const { expected } = composition;
  return {
    ...key,
    unavailable: null,
    ...{ at: formatInstant(area.nowMs), window: area.window, modelId: area.modelId },
    ...{ expected, ...spreadOf(expected, area.dispersion), rank, areaCells },
    naiveMap: naiveMapFor(key, pastOf, area),
  };
}

/** Issued at or before `at`; each theme and horizon has its own last issue. */
export async function forecastsIssued(
  database: Database,
  keys: readonly Key[],
  { forces, pastOf, at }: { forces: readonly Force[]; pastOf: PastOf; at: string },
): Promise<{ force: Force | null; forecasts: CellForecast[] }> {
  for (const force of forces) {
    const found = await Promise.all(keys.map((key) => issued(database, key, { force, pastOf, at })));
    if (found.some((forecast) => forecast !== undefined)) {
      const forecasts = found.map(
        (forecast, index) =>
          forecast ?? { ...(keys[index] as Key), unavailable: 'no forecast was issued for this by then' },
      );
      return { force, forecasts };
    }
  }
  const unavailable = 'no forecast was issued for this hexagon by then';
  return { force: null, forecasts: keys.map((key) => ({ ...key, unavailable })) };
}

/** `undefined` where none was issued that has the cell. */
async function issued(
  database: Database,
  key: Key,
  { force, pastOf, at }: { force: Force; pastOf: PastOf; at: string },
): Promise<CellForecast | undefined> {
  const { theme, horizonHours, cell } = key;
  const forecast = await selectForecast(database, { force, theme, horizonHours, at });
  if (forecast === undefined) return undefined;
  if ('withheld' in forecast) return { ...key, unavailable: forecast.withheld };
  const place = placeOf(cell, forecast);
  if (place === undefined) return undefined;
  if (forecast.dispersion === null)
    return { ...key, unavailable: 'that forecast was issued before its spread was kept' };
  const { expected, rank, areaCells } = place;
  const kept = await selectExplanation(database, forecast.id, cell);
  const nowMs = Date.parse(forecast.window.from);
  return {
    ...key,
    unavailable: null,
    ...{ at: forecast.issuedAt, window: forecast.window, modelId: forecast.modelId },
    ...{ expected, ...spreadOf(expected, forecast.dispersion), rank, areaCells },
    naiveMap: kept === undefined ? null : naiveMapFor(key, pastOf, { ...kept, nowMs }),
  };
}

function naiveMapFor(
  { theme, cell }: Key,
  pastOf: PastOf,
  area: { nowMs: number; knownDays: number; weightedHours: number },
): NaiveMap {
  const group = THEME_GROUPS.find(({ name }) => name === theme);
  const past = pastOf(cell).filter((incident) => feedsModel(incident) && group?.includes(incident) === true);
  return naiveMapOf(past, area);
}
