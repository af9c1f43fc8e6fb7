/** Issued forecasts, each stored whole, and announced from the transaction that stores it. */
import { createHash } from 'node:crypto';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Theme } from '../../shared/theme.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { insertExplanations, type IssuedExplanations } from './explanation-store.ts';
import { insertOutbox } from './outbox-store.ts';

export interface IssuedForecast {
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  issuedAt: string;
  window: { from: string; to: string };
  modelId: string;
  cells: readonly Cell[];
  /** Expected incidents in the window, one per cell. */
  expected: Float32Array;
  /** Of the counts: variance = mean · (1 + dispersion). */
  dispersion?: number;
  explanations?: IssuedExplanations;
  /** Why nobody is shown it: then it is stored, to be scored, and not announced. */
  withheld?: string;
}

/** Stores the forecast and its announcement in one transaction; an issue that stands already is left as it is. */
export function storeForecast(database: Database, forecast: IssuedForecast): Promise<number | undefined> {
  return inTransaction(database, async (transaction) => {
    const grid = await gridOf(transaction, forecast);
    const { rows } = await transaction.query<{ forecast: number }>(
      `insert into forecasts
         (force, theme, horizon_hours, issued_at, window_from, window_to, model_id, grid, expected, dispersion, withheld)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::real[], $10, $11) on conflict do nothing returning forecast`,
      [
        forecast.force, forecast.theme, forecast.horizonHours, forecast.issuedAt, forecast.window.from,
        forecast.window.to, forecast.modelId, grid, arrayLiteral(forecast.expected), forecast.dispersion ?? null,
        forecast.withheld ?? null,
      ],
    ); // prettier-ignore
    const id = rows[0]?.forecast;
    if (id === undefined) return undefined;
    const { force, theme, horizonHours, window, modelId, issuedAt, cells, explanations } = forecast;
    if (explanations !== undefined) await insertExplanations(transaction, id, explanations);
    if (forecast.withheld !== undefined) return id;
    await insertOutbox(transaction, [
      {
        type: 'forecasts.issued',
        at: issuedAt,
        id,
        force,
        theme,
        horizonHours,
        window,
        modelId,
        cells: cells.length,
      },
    ]);
    return id;
  });
}

function arrayLiteral(values: Float32Array): string {
  // Nine digits name every number of single precision: what is read back is what was forecast.
  return `{${Array.from(values, (value) => value.toPrecision(9)).join(',')}}`;
}

async function gridOf(transaction: Transaction, { force, cells }: IssuedForecast): Promise<number> {
  const hash = createHash('sha256').update(cells.join(',')).digest();
  const known = await transaction.query<{ grid: number }>(
    'select grid from forecast_grids where force = $1 and sha256 = $2',
    [force, hash],
  );
  const [found] = known.rows;
  if (found !== undefined) return found.grid;
  const { rows } = await transaction.query<{ grid: number }>(
    `insert into forecast_grids (force, sha256, cells)
     select $1, $2, coalesce(array_agg(('x' || lpad(cell, 16, '0'))::bit(64)::bigint order by position), '{}')
     from unnest($3::text[]) with ordinality as given (cell, position)
     on conflict (force, sha256) do update set force = excluded.force returning grid`,
    [force, hash, cells],
  );
  return rows[0]?.grid ?? 0;
}

export interface FoundForecast extends Omit<
  IssuedForecast,
  'expected' | 'dispersion' | 'explanations' | 'withheld'
> {
  id: number;
  expected: number[];
  /** Null where it was issued before that was kept. */
  dispersion: number | null;
}

/** It was issued, and nobody is shown it, for this reason. */
export interface WithheldForecast {
  withheld: string;
}

/** The latest forecast whose window began at or before `at`, or `undefined`. */
export async function selectForecast(
  database: Database,
  key: { force: Force; theme: Theme; horizonHours: HorizonHours; at: string },
): Promise<FoundForecast | WithheldForecast | undefined> {
  const { rows } = await database.query<{
    forecast: number;
    issued_at: Date;
    window_from: Date;
    window_to: Date;
    model_id: string;
    cells: string[];
    expected: number[];
    dispersion: number | null;
    withheld: string | null;
  }>(
    `select f.forecast, f.issued_at, f.window_from, f.window_to, f.model_id, f.expected, f.dispersion, f.withheld,
       array(select to_hex(cell) from unnest(g.cells) with ordinality as c (cell, position) order by position) as cells
     from forecasts f join forecast_grids g using (grid)
     where f.force = $1 and f.theme = $2 and f.horizon_hours = $3 and f.window_from <= $4
     order by f.window_from desc limit 1`,
    [key.force, key.theme, key.horizonHours, key.at],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.withheld !== null) return { withheld: row.withheld };
  return {
    id: row.forecast,
    force: key.force,
    theme: key.theme,
    horizonHours: key.horizonHours,
    issuedAt: row.issued_at.toISOString(),
    window: { from: row.window_from.toISOString(), to: row.window_to.toISOString() },
    modelId: row.model_id,
    cells: row.cells,
    expected: row.expected,
    dispersion: row.dispersion,
  };
}
