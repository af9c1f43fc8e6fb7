/** What happened in a cluster's cells, and who tells of that place. */
import type { Agency, Category, Marker } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

const GIVEN_CELLS = `array(
  select ('x' || lpad(given, 16, '0'))::bit(64)::bigint from unnest($1::text[]) as cells (given)
)`;

export interface ClusterIncidents {
  category: Category;
  markers: Marker[];
  severity: number;
}

/** Reported incidents that count, within the span. */
export async function selectClusterIncidents(
  database: Pick<Database, 'query'>,
  { cells, force, fromMs, toMs }: { cells: readonly Cell[]; force: Force; fromMs: number; toMs: number },
): Promise<ClusterIncidents[]> {
  const { rows } = await database.query<ClusterIncidents>(
    `select i.category, i.markers, i.severity
     from incidents i cross join lateral (
       select revision from incident_keys k
       where k.agency = i.agency and k.feed = i.feed and k.id = i.id limit 1
     ) k
     where i.cell = any(${GIVEN_CELLS}) and i.occurred_at between $2 and $3 and i.force in ($4, 'unassigned')
       and i.revision = k.revision and i.status <> 'cancelled' and i.discovery = 'reported'`,
    [cells, new Date(fromMs), new Date(toMs), force],
  );
  return rows;
}

/** Feeds that have told of these cells since then. */
export async function selectFeedsTelling(
  database: Pick<Database, 'query'>,
  { cells, sinceMs }: { cells: readonly Cell[]; sinceMs: number },
): Promise<{ agency: Agency; feed: string }[]> {
  const { rows } = await database.query<{ agency: Agency; feed: string }>(
    `select distinct agency, feed from incidents where cell = any(${GIVEN_CELLS}) and occurred_at >= $2`,
    [cells, new Date(sinceMs)],
  );
  return rows;
}
