/** Looks incidents up by time, place and category, a page at a time. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Category } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { INCIDENT_COLUMNS, incidentOfRow, type IncidentRow } from './batch-store.ts';
import type { Database } from './database.ts';

export interface IncidentSearch {
  from: string;
  to: string;
  forces: readonly Force[];
  bbox?: { west: number; south: number; east: number; north: number };
  category?: Category;
  limit: number;
  /** Where the page before ended. */
  after?: PageEnd;
}

export interface PageEnd {
  occurredAt: string;
  name: string;
}

/** Incidents that count, oldest first; `end` is where the next page begins, absent on the last page. */
export async function searchIncidents(
  database: Database,
  search: IncidentSearch,
): Promise<{ incidents: StoredIncident[]; end?: PageEnd }> {
  const { from, to, forces, bbox, category, limit, after } = search;
  const { rows } = await database.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS} from incidents i
     join incident_keys k using (agency, feed, id, revision)
     where i.occurred_at >= $1 and i.occurred_at < $2 and i.force = any($3)
       and ($4::float8 is null or (i.lon between $4 and $6 and i.lat between $5 and $7))
       and ($8::text is null or i.category = $8)
       and ($9::timestamptz is null
         or (i.occurred_at, i.agency || '/' || i.feed || '/' || i.id) > ($9, $10))
     order by i.occurred_at, i.agency || '/' || i.feed || '/' || i.id limit $11`,
    [
      from, to, forces, bbox?.west ?? null, bbox?.south ?? null, bbox?.east ?? null, bbox?.north ?? null,
      category ?? null, after?.occurredAt ?? null, after?.name ?? null, limit + 1,
    ],
  ); // prettier-ignore
  const incidents = rows.slice(0, limit).map(incidentOfRow);
  const last = incidents.at(-1);
  if (rows.length <= limit || last === undefined) return { incidents };
  return { incidents, end: { occurredAt: last.occurredAt, name: `${last.agency}/${last.feed}/${last.id}` } };
}
