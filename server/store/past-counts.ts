/** Counts of what happened, per hour and cell, with what themes and harm are made of: the past that LIVE no longer knows. */
import type { Category, Marker } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { StoredIncident } from '../../shared/announcement.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { Database } from './database.ts';

export interface CountedHour {
  /** Epoch milliseconds / `HOUR_MS`. */
  hour: number;
  cell: Cell;
  category: Category;
  markers: Marker[];
  discovery: StoredIncident['discovery'];
  incidents: number;
}

/**
 * What the view `incident_counts` says of the span, but for what is known to the day or month only. Told from what the
 * view is made of, since plain PostgreSQL finds a span's incidents by when they happened, and none of the view's hours:
 * cost, one pass over the incidents of the span.
 */
export async function selectPastCounts(
  database: Pick<Database, 'query'>,
  { forces, fromMs, toMs }: { forces: readonly Force[]; fromMs: number; toMs: number },
): Promise<CountedHour[]> {
  const { rows } = await database.query<Omit<CountedHour, 'hour'> & { hour: Date }>(
    `select date_bin('1 hour', occurred_at, 'epoch') as hour, to_hex(cell) as cell, category, markers, discovery,
       sum(counted)::integer as incidents
     from (
       select occurred_at, force, cell, category, markers, discovery, time_precision, 1 as counted
       from incidents where occurred_at >= $1 and occurred_at < $2 and status <> 'cancelled'
       union all
       select occurred_at, force, cell, category, markers, discovery, time_precision, -1
       from incident_reversals where occurred_at >= $1 and occurred_at < $2
     ) told
     where time_precision in ('minute', 'hour') and force = any($3)
     group by 1, 2, 3, 4, 5
     having sum(counted) <> 0`,
    [new Date(fromMs), new Date(toMs), forces],
  );
  return rows.map(({ hour, ...row }) => ({ ...row, hour: hour.getTime() / HOUR_MS }));
}
