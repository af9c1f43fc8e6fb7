/** Burglaries of the past in chosen cells at chosen times, laid straight into a migrated database. */
import { cellCentre, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from '../../server/store/database.ts';

let made = 0;

export async function layIncidents(
  database: Database,
  force: Force,
  incidents: readonly { cell: Cell; atMs: number }[],
): Promise<void> {
  made++;
  await database.query(
    `insert into incidents (agency, feed, id, revision, batch, status, origin, occurred_at, time_precision, received_at,
       lat, lon, cell, category, markers, severity, force, discovery)
     select 'police', 'laid', $1 || n, 1, 0, 'open', 'live', at, 'minute', at, lat, lon,
       ('x' || lpad(cell, 16, '0'))::bit(64)::bigint, 'burglary', '{}', 2, $2, 'reported'
     from unnest($3::text[], $4::timestamptz[], $5::float8[], $6::float8[]) with ordinality
       as given (cell, at, lat, lon, n)`,
    [
      ...[`laid-${made}-`, force],
      incidents.map(({ cell }) => cell),
      incidents.map(({ atMs }) => new Date(atMs)),
      incidents.map(({ cell }) => cellCentre(cell)[0]),
      incidents.map(({ cell }) => cellCentre(cell)[1]),
    ],
  );
  // Their identities, as ingest keeps them.
  await database.query(
    `insert into incident_keys (agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq)
     select agency, feed, id, revision, occurred_at, sha256(id::bytea), received_at, 1 from incidents
     where feed = 'laid' on conflict do nothing`,
  );
}
