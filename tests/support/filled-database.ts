/** Fills a migrated database with as much as some months of a busy city leave behind. */
import { FORCES } from '../../shared/force.ts';
import { openConnection } from '../../server/store/database.ts';

export const INCIDENTS_FILLED = 200_000;
/** Of four incidents each. */
export const BATCHES_FILLED = 50_000;
/** The newest incident happened then; one every 30 seconds before it. */
export const FILLED_UNTIL = '2026-03-01T12:00:00.000Z';

const FILL = [
  `insert into ingest_batches (earliest_occurred_at, latest_occurred_at, latest_received_at, committed_at, announced)
   select at - interval '2 minutes', at, at + interval '1 minute', at, true
   from generate_series(1, ${BATCHES_FILLED}) n,
     lateral (select timestamptz '${FILLED_UNTIL}' - (${BATCHES_FILLED} - n) * interval '2 minutes' as at) t`,
  // Every fourth has a second revision, of the same time and batch.
  `insert into incidents (agency, feed, id, revision, batch, status, origin, occurred_at, time_precision, received_at,
     lat, lon, cell, category, markers, severity, force, discovery)
   select 'police', 'cad', 'filled-' || n, revision, (n - 1) / 4 + 1, 'open', 'live', at, 'minute', at + interval '1 minute',
     51.3 + n % 1000 * 0.0004, -0.4 + n % 997 * 0.0007, 617000000000000000 + n % 5000,
     case n % 50 when 1 then 'robbery' else 'burglary' end, '{}', 2,
     case n % 2 when 0 then '${FORCES[0]}' else 'metropolitan' end, 'reported'
   from generate_series(1, ${INCIDENTS_FILLED}) n,
     lateral (select timestamptz '${FILLED_UNTIL}' - (${INCIDENTS_FILLED} - n) * interval '30 seconds' as at) t,
     generate_series(1, case n % 4 when 0 then 2 else 1 end) revision`,
  `insert into incident_keys (agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq)
   select distinct on (agency, feed, id) agency, feed, id, revision, occurred_at, sha256(id::bytea), received_at, batch
   from incidents order by agency, feed, id, revision desc`,
  `insert into incident_history_keys (agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq)
   select agency, feed, id, i.revision, i.occurred_at, sha256(id::bytea), received_at, batch
   from incidents i join incident_keys k using (agency, feed, id) where i.revision < k.revision`,
  `insert into duplicate_deliveries (stream_at, stream_seq, agency, feed)
   select timestamptz '${FILLED_UNTIL}' - n * interval '1 minute', n, 'police', 'cad' from generate_series(1, 50000) n`,
  `insert into rejected_messages (stream_at, stream_seq, agency, feed, received_at, reason, path, fields, sha256)
   select at, n, 'police', 'cad', at, 'no', '/id', '{}', repeat('0', 64) from generate_series(1, 50000) n,
     lateral (select timestamptz '${FILLED_UNTIL}' - n * interval '1 minute' as at) t`,
  `insert into live_archive (epoch, seq, stamp, subject, payload)
   select 'epoch ' || n / 100001, n, timestamptz '${FILLED_UNTIL}' - (200000 - n) * interval '5 seconds', 'stored.v1.kent', '{}'
   from generate_series(1, 200000) n`,
  `insert into forecast_grids (force, cells, sha256)
   select force, array(select generate_series(1, 200)), sha256(force::bytea) from unnest(array['kent', 'surrey']) force`,
  `insert into forecasts (force, theme, horizon_hours, issued_at, window_from, window_to, model_id, grid, expected)
   select g.force, theme, 1, at, at, at + interval '1 hour', 'model', g.grid, array_fill(0.5::real, array[200])
   from forecast_grids g, unnest(array['all', 'burglary', 'violence', 'theft']) theme, generate_series(0, 2999) n,
     lateral (select timestamptz '${FILLED_UNTIL}' - n * interval '1 hour' as at) t`,
  `insert into feeds (agency, feed, stored, last_received_at)
   select 'police', case n when 1 then 'cad' else 'feed-' || n end, 1000, '${FILLED_UNTIL}' from generate_series(1, 60) n`,
  `insert into incident_reversals (agency, feed, id, revision, occurred_at, time_precision, force, cell, category, markers, discovery)
   select agency, feed, id, revision, occurred_at, i.time_precision, i.force, i.cell, i.category, i.markers, i.discovery
   from incident_history_keys join incidents i using (agency, feed, id, revision, occurred_at)`,
  `insert into archive_marks (epoch, seq, marked_at)
   select 'epoch ' || n / 100001, n, now() - (200000 - n) * interval '30 seconds' from generate_series(1000, 200000, 1000) n`,
  `insert into accounts (user_name, password_argon2id, role, forces) select 'user ' || n, '', 'wall', '{}' from generate_series(1, 5000) n`,
  `insert into access_tokens (token_sha256, label, role, forces)
   select sha256(('token ' || n)::bytea), 'wall ' || n, 'wall', '{}' from generate_series(1, 5000) n`,
  `insert into sessions (session_sha256, user_name, role, forces, cleared, expires_at)
   select sha256(('session ' || n)::bytea), 'user ' || n, 'wall', '{}', false, now() + interval '1 day' from generate_series(1, 5000) n`,
  `insert into patrol_pings (force, unit, at, cell, stream_at, stream_seq)
   select 'kent', 'unit-' || n % 40, at, 617000000000000000 + n % 5000, at, n from generate_series(1, 50000) n,
     lateral (select timestamptz '${FILLED_UNTIL}' - n * interval '1.7 seconds' as at) t`,
  `insert into patrol_doses (force, cell, hour, milliseconds)
   select case n % 2 when 0 then 'kent' else 'surrey' end, 617000000000000000 + n % 5000,
     timestamptz '${FILLED_UNTIL}' - (n / 100) * interval '1 hour', 60000 from generate_series(0, 99999) n`,
  `insert into neighbourhoods (force, id, name, south, west, north, east, geometry, imported_at)
   select 'kent', n::text, 'Ward ' || n, s, w, s + 0.02, w + 0.02,
     json_build_array(json_build_array(json_build_array(json_build_array(w, s), json_build_array(w + 0.02, s),
       json_build_array(w + 0.02, s + 0.02), json_build_array(w, s)))), now()
   from generate_series(0, 3999) n, lateral (select 50 + n / 80 * 0.05 as s, -3 + n % 80 * 0.05 as w) t`,
];

export async function fillDatabase(databaseUrl: string): Promise<void> {
  const connection = await openConnection(databaseUrl, 'fill');
  for (const statement of FILL) await connection.query(statement);
  // As autovacuum does on a server that runs for longer than a test.
  await connection.query('vacuum analyze');
  await connection.end();
}
