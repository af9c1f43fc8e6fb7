/** The alerts of a span as they stood at its end, with the steps taken until then. */
import type { TakenStep } from '../../shared/alert-step.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import type { ToldAlert } from './alert-message-store.ts';
import type { Database } from './database.ts';

export interface AlertOfSpan extends ToldAlert {
  steps: TakenStep[];
}

interface Row {
  id: number;
  body: ToldAlert;
}

interface StepRow {
  alert: number;
  version: number;
  at: Date;
  by_name: string;
  by_role: string;
  step: TakenStep['step'];
}

/** Those raised before `toMs` that were open in the span or changed in it, newest first. */
export async function selectAlertsOfSpan(
  database: Pick<Database, 'query'>,
  { force, fromMs, toMs, limit }: { force: Force; fromMs: number; toMs: number; limit: number },
): Promise<AlertOfSpan[]> {
  const { rows } = await database.query<Row>(
    `select a.id, told.body from alerts a cross join lateral (
       select body from alert_messages m where m.alert = a.id and m.sent < $3 order by m.revision desc limit 1
     ) told
     where a.force = $1 and a.raised_at < $3 and (a.open or a.changed_at >= $2)
     order by a.raised_at desc, a.id desc limit $4`,
    [force, new Date(fromMs), new Date(toMs), limit],
  );
  const { rows: steps } = await database.query<StepRow>(
    `select alert, version, at, by_name, by_role, step from alert_steps
     where alert = any($1) and at < $2 order by alert, version`,
    [rows.map(({ id }) => id), new Date(toMs)],
  );
  const byAlert = Map.groupBy(steps, ({ alert }) => alert);
  return rows.map(({ id, body }) => ({
    ...{ ...body, alert: { ...body.alert, id: String(id) } },
    steps: (byAlert.get(id) ?? []).map(({ version, at, by_name, by_role, step }) => ({
      ...{ version, at: formatInstant(at.getTime()), by: by_name, role: by_role, step },
    })),
  }));
}
