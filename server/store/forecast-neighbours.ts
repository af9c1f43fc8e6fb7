/** Which forecasts of a series came before and after one. */
import { formatInstant } from '../../shared/time.ts';
import type { Database } from './database.ts';
import type { Series } from './score-store.ts';

/** When their windows begin; null where there is none. Those that nobody is shown are passed over. */
export async function selectForecastsBeside(
  database: Pick<Database, 'query'>,
  { force, theme, horizonHours }: Series,
  windowFrom: string,
): Promise<{ earlier: string | null; later: string | null }> {
  const shown = 'force = $1 and theme = $2 and horizon_hours = $3 and withheld is null';
  const { rows } = await database.query<{ earlier: Date | null; later: Date | null }>(
    `select (select window_from from forecasts where ${shown} and window_from < $4 order by window_from desc limit 1) as earlier,
       (select window_from from forecasts where ${shown} and window_from > $4 order by window_from limit 1) as later`,
    [force, theme, horizonHours, windowFrom],
  );
  const told = (at: Date | null | undefined): string | null => (at ? formatInstant(at.getTime()) : null);
  return { earlier: told(rows[0]?.earlier), later: told(rows[0]?.later) };
}
