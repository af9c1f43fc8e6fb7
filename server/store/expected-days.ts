/** What the forecasts of a day, issued as it began, expected in a few cells together. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Database } from './database.ts';

export interface ExpectedDay {
  fromMs: number;
  expected: number;
  /** Null of those issued before it was kept. */
  dispersion: number | null;
}

/** Days that began in the span, oldest first; those without a forecast of these cells, or with one withheld, are missing. */
export async function selectExpectedDays(
  database: Pick<Database, 'query'>,
  {
    force,
    theme,
    cells,
    fromMs,
    toMs,
  }: { force: Force; theme: Theme; cells: readonly Cell[]; fromMs: number; toMs: number },
): Promise<ExpectedDay[]> {
  const { rows } = await database.query<{ window_from: Date; expected: number; dispersion: number | null }>(
    `select f.window_from, f.dispersion,
       (select sum(f.expected[place])::double precision from unnest(g.places) place) as expected
     from forecasts f join (
       select grid, array_agg(place::integer) as places
       from forecast_grids, unnest(cells) with ordinality as c (cell, place)
       where force = $1 and cell = any(array(
         select ('x' || lpad(given, 16, '0'))::bit(64)::bigint from unnest($3::text[]) as cells (given)))
       group by grid
     ) g using (grid)
     where f.force = $1 and f.theme = $2 and f.horizon_hours = 24 and f.withheld is null
       and f.window_from >= $4 and f.window_from < $5
     order by f.window_from`,
    [force, theme, cells, new Date(fromMs), new Date(toMs)],
  );
  return rows.map(({ window_from, expected, dispersion }) => ({
    ...{ fromMs: window_from.getTime(), expected, dispersion },
  }));
}
