/** Forecasts that were issued lately, whole: what more than expected is told by. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Database } from './database.ts';

export interface IssuedLately {
  theme: Theme;
  issuedMs: number;
  fromMs: number;
  toMs: number;
  cells: Cell[];
  /** One per cell. */
  expected: Float32Array;
}

/**
 * Of one force, whether shown or withheld, oldest first: of each horizon what a window of the last day may need, and the last
 * before it.
 */
export async function selectIssuedLately(
  database: Pick<Database, 'query'>,
  force: Force,
  nowMs: number,
): Promise<IssuedLately[]> {
  const { rows } = await database.query<{
    theme: Theme;
    issued_at: Date;
    window_from: Date;
    window_to: Date;
    cells: string[];
    expected: number[];
  }>(
    `select f.theme, f.issued_at, f.window_from, f.window_to, f.expected,
       array(select to_hex(cell) from unnest(g.cells) with ordinality as c (cell, position) order by position) as cells
     from forecasts f join forecast_grids g using (grid)
     where f.force = $1 and f.issued_at <= $2 and (
       f.horizon_hours = 1 and f.window_from > $2 - interval '2 hours'
       or f.horizon_hours = 8 and f.window_from > $2 - interval '32 hours'
       or f.horizon_hours = 24 and f.window_from > $2 - interval '48 hours'
     )
     order by f.issued_at`,
    [force, new Date(nowMs)],
  );
  return rows.map(({ theme, issued_at, window_from, window_to, cells, expected }) => ({
    ...{ theme, cells, expected: Float32Array.from(expected) },
    ...{ issuedMs: issued_at.getTime(), fromMs: window_from.getTime(), toMs: window_to.getTime() },
  }));
}
