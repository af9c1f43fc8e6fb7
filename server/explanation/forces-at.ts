/** Whose area a cell is in, as far as the incidents there tell and the reader may see. */
import { coarseCell, fineCells, neighbours, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';
import { visibleForces, type Principal } from '../access/policy.ts';
import type { Database } from '../store/database.ts';
import { selectForcesOf } from '../store/nearby-incidents.ts';

/** Incidents older than the slowest kernel's half-life still tell whose area a cell is. */
const FORCE_DAYS = 1_095;

/** That with most incidents there first. */
export async function forcesAt(
  database: Pick<Database, 'query'>,
  principal: Principal,
  { cell, nowMs }: { cell: Cell; nowMs: number },
): Promise<Force[]> {
  const fine = coarseCell(cell) === cell ? fineCells(cell) : [cell, ...neighbours(cell)];
  const told = await selectForcesOf(database, fine, nowMs - FORCE_DAYS * DAY_MS);
  const visible = visibleForces(principal);
  return told.filter((force) => visible.includes(force));
}
