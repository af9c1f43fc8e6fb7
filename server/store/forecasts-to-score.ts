/** Issued forecasts whose window has closed or settled, handed to one process at a time. */
import type { Cell } from '../../shared/cell.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { SETTLING_HOURS } from '../../shared/scorecard.ts';
import type { Theme } from '../../shared/theme.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { Transaction } from './database.ts';

/** The forecasts of one force and window, of all themes that are to be scored. */
export interface WindowToScore {
  force: Force;
  horizonHours: HorizonHours;
  fromMs: number;
  toMs: number;
  forecasts: ForecastToScore[];
}

export interface ForecastToScore {
  id: number;
  theme: Theme;
  modelId: string;
  /** Null of those issued before it was kept. */
  dispersion: number | null;
  grid: number;
  expected: number[];
  /** 0 not yet, 1 as closed. */
  scored: 0 | 1;
}

interface Row {
  forecast: number;
  force: Force;
  theme: Theme;
  horizon_hours: HorizonHours;
  window_from: Date;
  window_to: Date;
  model_id: string;
  dispersion: number | null;
  grid: number;
  expected: number[];
  scored: 0 | 1;
}

const DUE = `(scored = 0 and window_to <= $1 or scored = 1 and window_to <= $2)`;

/**
 * The oldest window that is due when everything up to `knownMs` is known, or `undefined`. Locked until the
 * transaction ends, and what another process has locked is left to it.
 */
export async function lockWindowToScore(
  transaction: Transaction,
  knownMs: number,
): Promise<WindowToScore | undefined> {
  const limits = [new Date(knownMs), new Date(knownMs - SETTLING_HOURS * HOUR_MS)];
  const { rows: found } = await transaction.query<Pick<Row, 'force' | 'horizon_hours' | 'window_from'>>(
    `select force, horizon_hours, window_from from forecasts where ${DUE}
     order by window_to limit 1 for update skip locked`,
    limits,
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const { rows } = await transaction.query<Row>(
    `select forecast, force, theme, horizon_hours, window_from, window_to, model_id, dispersion, grid, expected, scored
     from forecasts where ${DUE} and force = $3 and horizon_hours = $4 and window_from = $5
     order by theme for update skip locked`,
    [...limits, first.force, first.horizon_hours, first.window_from],
  );
  const [one] = rows;
  if (one === undefined) return undefined;
  return {
    force: one.force,
    horizonHours: one.horizon_hours,
    fromMs: one.window_from.getTime(),
    toMs: one.window_to.getTime(),
    forecasts: rows.map(({ forecast, theme, model_id, dispersion, grid, expected, scored }) => ({
      ...{ id: forecast, theme, modelId: model_id, dispersion, grid, expected, scored },
    })),
  };
}

export async function markScored(
  transaction: Transaction,
  forecasts: readonly number[],
  scored: 1 | 2,
): Promise<void> {
  await transaction.query('update forecasts set scored = $2 where forecast = any($1)', [forecasts, scored]);
}

/** In the order of the forecasts' arrays. */
export async function selectGrid(transaction: Transaction, grid: number): Promise<Cell[]> {
  const { rows } = await transaction.query<{ cell: Cell }>(
    `select to_hex(cell) as cell from forecast_grids, unnest(cells) with ordinality as c (cell, position)
     where grid = $1 order by position`,
    [grid],
  );
  return rows.map(({ cell }) => cell);
}
