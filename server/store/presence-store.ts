/** When units were in cells within the day for which pings are kept, and the minutes of longer spans. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { stretchAround, type Stretch } from '../../models/patrols/presence.ts';
import type { Database } from './database.ts';

/** Of any unit of the force, in no order. Cost: the pings in these cells. */
export async function selectStretches(
  database: Pick<Database, 'query'>,
  { force, cells, fromMs }: { force: Force; cells: readonly Cell[]; fromMs: number },
): Promise<Map<Cell, Stretch[]>> {
  const { rows } = await database.query<{ cell: Cell; before: Date | null; at: Date; after: Date | null }>(
    `select to_hex(p.cell) as cell, p.at,
       (select max(at) from patrol_pings b where b.force = p.force and b.unit = p.unit and b.at < p.at) as before,
       (select min(at) from patrol_pings a where a.force = p.force and a.unit = p.unit and a.at > p.at) as after
     from patrol_pings p
     where p.force = $1 and p.at >= $3 and p.cell = any(array(
       select ('x' || lpad(given, 16, '0'))::bit(64)::bigint from unnest($2::text[]) as cells (given)))`,
    [force, cells, new Date(fromMs)],
  );
  const found = new Map<Cell, Stretch[]>();
  for (const { cell, before, at, after } of rows) {
    const stretch = stretchAround({
      ...{ beforeMs: before?.getTime() ?? null, atMs: at.getTime(), afterMs: after?.getTime() ?? null },
    });
    found.set(cell, [...(found.get(cell) ?? []), stretch]);
  }
  return found;
}
