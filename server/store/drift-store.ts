/** Which series of forecasts drift, by model: another model begins with a clean slate. */
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Database } from './database.ts';
import type { Series } from './score-store.ts';

export interface DriftState {
  /** Null where it drifts no longer. */
  reason: string | null;
  sinceMs: number;
  /** Only windows from here on are judged; -Infinity: all. */
  judgedFromMs: number;
  reinstatedBy: string | null;
}

interface DriftRow {
  force: Force;
  theme: Theme;
  horizon_hours: HorizonHours;
  reason: string | null;
  since: Date;
  judged_from: Date | number;
  reinstated_by: string | null;
}

/** `undefined` where it never drifted. */
export async function selectDrift(
  database: Database,
  { force, theme, horizonHours }: Series,
  modelId: string,
): Promise<DriftState | undefined> {
  const { rows } = await database.query<DriftRow>(
    `select * from forecast_drifts where force = $1 and theme = $2 and horizon_hours = $3 and model_id = $4`,
    [force, theme, horizonHours, modelId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  // pg reads -infinity as a number.
  const judgedFromMs = row.judged_from instanceof Date ? row.judged_from.getTime() : -Infinity;
  return { reason: row.reason, sinceMs: row.since.getTime(), judgedFromMs, reinstatedBy: row.reinstated_by };
}

/** All that drift at present. */
export async function selectDrifting(
  database: Database,
  modelId: string,
): Promise<(Series & { reason: string })[]> {
  const { rows } = await database.query<DriftRow & { reason: string }>(
    `select force, theme, horizon_hours, reason from forecast_drifts where model_id = $1 and reason is not null`,
    [modelId],
  );
  return rows.map(({ force, theme, horizon_hours, reason }) => ({
    ...{ force, theme, horizonHours: horizon_hours, reason },
  }));
}

/** It drifts for this reason; since when stays what it was where it drifted before. */
export async function saveDrift(
  database: Database,
  { force, theme, horizonHours }: Series,
  { modelId, reason, sinceMs }: { modelId: string; reason: string; sinceMs: number },
): Promise<void> {
  await database.query(
    `insert into forecast_drifts as d (force, theme, horizon_hours, model_id, reason, since)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (force, theme, horizon_hours, model_id) do update set reason = excluded.reason, reinstated_by = null,
       since = case when d.reason is null then excluded.since else d.since end`,
    [force, theme, horizonHours, modelId, reason, new Date(sinceMs)],
  );
}

export async function endDrift(
  database: Database,
  { force, theme, horizonHours }: Series,
  { modelId, sinceMs }: { modelId: string; sinceMs: number },
): Promise<void> {
  await database.query(
    `update forecast_drifts set reason = null, since = $5
     where force = $1 and theme = $2 and horizon_hours = $3 and model_id = $4`,
    [force, theme, horizonHours, modelId, new Date(sinceMs)],
  );
}

/** Ends the drift at somebody's word: from now on only what follows is judged. False where nothing drifts. */
export async function reinstate(
  database: Database,
  { force, theme, horizonHours }: Series,
  { modelId, atMs, by }: { modelId: string; atMs: number; by: string },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `update forecast_drifts set reason = null, since = $5, judged_from = $5, reinstated_by = $6
     where force = $1 and theme = $2 and horizon_hours = $3 and model_id = $4 and reason is not null`,
    [force, theme, horizonHours, modelId, new Date(atMs), by],
  );
  return (rowCount ?? 0) > 0;
}
