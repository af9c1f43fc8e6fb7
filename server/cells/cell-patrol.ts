/** Minutes of patrol in one hexagon, as its detail shows them. */
import type { CellPatrol } from '../../shared/cell-detail.ts';
import { fineCells, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { minutesOf } from '../patrols/minutes-of.ts';
import type { Database } from '../store/database.ts';
import { hasPings, selectDoses } from '../store/patrol-store.ts';

interface Asked {
  cell: Cell;
  coarse: boolean;
  forces: readonly Force[];
  nowMs: number;
  hours: number;
}

/** By whole hours, the one under way among them; null where no unit of these forces tells where it is. */
export async function cellPatrol(
  database: Database,
  { cell, coarse, forces, nowMs, hours }: Asked,
): Promise<CellPatrol | null> {
  const toMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const cells = coarse ? fineCells(cell) : [cell];
  const doses = await selectDoses(database, { forces, cells, fromMs: toMs - hours * HOUR_MS, toMs });
  const [own] = minutesOf(doses, !coarse);
  if (own === undefined) return (await hasPings(database, forces)) ? { minutes: 0, byHour: [] } : null;
  return { minutes: own.minutes, byHour: own.hours };
}
