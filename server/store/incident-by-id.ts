/** Finds incidents by the id that their sender gave them, whichever feed that is. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { INCIDENT_COLUMNS, incidentOfRow, type IncidentRow } from './batch-store.ts';
import type { Database } from './database.ts';

/** The revisions that count, the newest happening first. Cost: one look-up for each feed. */
export async function selectIncidentsById(
  database: Pick<Database, 'query'>,
  id: string,
  forces: readonly Force[],
): Promise<StoredIncident[]> {
  // The identity is asked for feed by feed: an index by id alone would cost every insert.
  const { rows } = await database.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS} from feeds f
     cross join lateral (
       select agency, feed, id, revision, occurred_at from incident_keys k
       where k.agency = f.agency and k.feed = f.feed and k.id = $1 limit 1
     ) k
     join incidents i on i.agency = k.agency and i.feed = k.feed and i.id = k.id
       and i.revision = k.revision and i.occurred_at = k.occurred_at
     where i.force = any($2) order by i.occurred_at desc limit 20`,
    [id, forces],
  );
  return rows.map(incidentOfRow);
}
