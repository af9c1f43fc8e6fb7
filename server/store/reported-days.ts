/** On which days of a force anything was reported at all: a day without is not known, rather than quiet. */
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

/** Of `days` days from `fromMs` on, the numbers of those of which something is known; 0 is the first. */
export async function selectReportedDays(
  database: Pick<Database, 'query'>,
  { force, fromMs, days }: { force: Force; fromMs: number; days: number },
): Promise<Set<number>> {
  const { rows } = await database.query<{ day: number }>(
    `select n as day from generate_series(0, $3::integer - 1) n
     where exists (
       select from incidents
       where force = $1 and discovery = 'reported' and time_precision <> 'month'
         and occurred_at >= $2::timestamptz + n * interval '24 hours'
         and occurred_at < $2::timestamptz + (n + 1) * interval '24 hours')`,
    [force, new Date(fromMs), days],
  );
  return new Set(rows.map(({ day }) => day));
}
