/** What is marked on a stretch of time: alerts by when they were raised, forecasts by when they were issued. */
import type { AlertPriority } from '../../shared/alert.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Database } from './database.ts';

type Asked = Pick<Database, 'query'>;

interface Marked {
  forces: readonly Force[];
  fromMs: number;
  toMs: number;
}

export interface AlertMark {
  id: string;
  force: Force;
  priority: AlertPriority;
  raisedMs: number;
  endedMs: number | null;
}

/** Those that were open at any time of the span, oldest first; their priority is the one they have now. */
export async function selectAlertMarks(
  database: Asked,
  { forces, fromMs, toMs }: Marked,
): Promise<AlertMark[]> {
  const { rows } = await database.query<{
    id: number;
    force: Force;
    priority: AlertPriority;
    raised_at: Date;
    ended: Date | null;
  }>(
    `select id, force, body->'alert'->>'priority' as priority, raised_at,
       case when not open then changed_at end as ended
     from alerts
     where force = any($1) and raised_at < $3 and (open or changed_at >= $2) order by raised_at, id`,
    [forces, new Date(fromMs), new Date(toMs)],
  );
  return rows.map(({ id, force, priority, raised_at: raisedAt, ended }) => ({
    ...{ id: String(id), force, priority },
    ...{ raisedMs: raisedAt.getTime(), endedMs: ended?.getTime() ?? null },
  }));
}

export async function selectIssueMarks(
  database: Asked,
  { forces, fromMs, toMs, themes }: Marked & { themes: readonly Theme[] },
): Promise<{ issuedMs: number; horizonHours: HorizonHours }[]> {
  const { rows } = await database.query<{ issued_at: Date; horizon_hours: HorizonHours }>(
    `select distinct issued_at, horizon_hours from forecasts
     where force = any($1) and theme = any($2) and issued_at >= $3 and issued_at < $4
     order by issued_at, horizon_hours`,
    [forces, themes, new Date(fromMs), new Date(toMs)],
  );
  return rows.map(({ issued_at: issuedAt, horizon_hours: horizonHours }) => ({
    ...{ issuedMs: issuedAt.getTime(), horizonHours },
  }));
}
