/** Where each unit of a force told last that it was. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

export interface UnitPlace {
  unit: string;
  atMs: number;
  cell: Cell;
}

/** More than one could choose from. */
const MOST = 500;

/** Those that have told since then, the latest first. */
export async function selectUnitsSince(
  database: Pick<Database, 'query'>,
  force: Force,
  sinceMs: number,
): Promise<UnitPlace[]> {
  const { rows } = await database.query<{ unit: string; at: Date; cell: string }>(
    `select unit, at, cell from (
       select distinct on (unit) unit, at, to_hex(cell) as cell from patrol_pings
       where force = $1 and at >= $2 order by unit, at desc
     ) as latest order by at desc, unit limit $3`,
    [force, new Date(sinceMs), MOST],
  );
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}
