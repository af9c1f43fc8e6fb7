/** Which committed batches LIVE has yet to hear of, and what was in them. */
import type { IncidentChange, StoredIncident, Superseded } from '../../shared/announcement.ts';
import type { Database } from './database.ts';

export async function markAnnounced(database: Database, batches: readonly number[]): Promise<void> {
  if (batches.length === 0) return;
  await database.query('update ingest_batches set announced = true where batch = any($1)', [batches]);
}

export interface UnannouncedBatch {
  batch: number;
  committedAtMs: number;
}

/** Batches committed longer ago than `graceSeconds` and not announced: their process died between the two. */
export async function selectUnannounced(
  database: Database,
  graceSeconds: number,
): Promise<UnannouncedBatch[]> {
  const { rows } = await database.query<{ batch: number; committed_at: Date }>(
    `select batch, committed_at from ingest_batches
     where not announced and committed_at < now() - make_interval(secs => $1) order by batch limit 100`,
    [graceSeconds],
  );
  return rows.map(({ batch, committed_at }) => ({ batch, committedAtMs: committed_at.getTime() }));
}

export interface IncidentRow {
  agency: StoredIncident['agency'];
  feed: string;
  id: string;
  revision: number;
  status: StoredIncident['status'];
  origin: StoredIncident['origin'];
  occurred_at: Date;
  occurred_until: Date | null;
  time_precision: StoredIncident['timePrecision'];
  received_at: Date;
  lat: number;
  lon: number;
  cell: string;
  category: StoredIncident['category'];
  markers: StoredIncident['markers'];
  native_category: string | null;
  severity: number;
  force: StoredIncident['force'];
  discovery: StoredIncident['discovery'];
}

/** The columns that `incidentOfRow` reads, of `incidents i`. */
export const INCIDENT_COLUMNS = `i.agency, i.feed, i.id, i.revision, i.status, i.origin, i.occurred_at,
  i.occurred_until, i.time_precision, i.received_at, i.lat, i.lon, to_hex(i.cell) as cell, i.category, i.markers,
  i.native_category, i.severity, i.force, i.discovery`;

export function incidentOfRow(row: IncidentRow): StoredIncident {
  return {
    agency: row.agency,
    feed: row.feed,
    id: row.id,
    revision: row.revision,
    status: row.status,
    origin: row.origin,
    occurredAt: row.occurred_at.toISOString(),
    occurredUntil: row.occurred_until?.toISOString() ?? null,
    timePrecision: row.time_precision,
    receivedAt: row.received_at.toISOString(),
    lat: row.lat,
    lon: row.lon,
    cell: row.cell,
    category: row.category,
    markers: row.markers,
    nativeCategory: row.native_category,
    severity: row.severity,
    force: row.force,
    discovery: row.discovery,
  };
}

type ChangeRow = IncidentRow & {
  old_revision: number | null;
  old_status: Superseded['status'];
  old_occurred_at: Date;
  old_time_precision: Superseded['timePrecision'];
  old_cell: string;
  old_category: Superseded['category'];
  old_markers: Superseded['markers'];
  old_force: Superseded['force'];
  old_discovery: Superseded['discovery'];
};

/**
 * The changes of one batch, as they were announced or should have been: what counted when it was
 * committed. (Late history, which changed nothing, stands in batches of its own that need no announcement.)
 */
export async function selectBatchChanges(
  database: Pick<Database, 'query'>,
  batch: number,
): Promise<IncidentChange[]> {
  const span = await selectSpan(database, batch);
  if (span === undefined) return [];
  const { rows } = await database.query<ChangeRow>(
    `select ${INCIDENT_COLUMNS}, old.revision as old_revision, old.status as old_status,
       old.occurred_at as old_occurred_at, old.time_precision as old_time_precision, to_hex(old.cell) as old_cell,
       old.category as old_category, old.markers as old_markers, old.force as old_force, old.discovery as old_discovery
     from incidents i
     left join lateral (
       select o.* from incident_history_keys h
       join incidents o using (agency, feed, id, revision, occurred_at)
       where h.agency = i.agency and h.feed = i.feed and h.id = i.id
         and h.revision < i.revision and o.batch <= i.batch and o.occurred_at between $4 and $5
       order by h.revision desc limit 1
     ) old on i.revision > 1
     where i.batch = $1 and i.occurred_at between $2 and $3
     order by i.occurred_at, i.agency, i.feed, i.id, i.revision`,
    [batch, span.earliest, span.latest, span.earliest_before, span.latest_before],
  );
  return rows.map((row) => ({
    incident: incidentOfRow(row),
    ...(row.old_revision !== null && {
      superseded: {
        revision: row.old_revision,
        status: row.old_status,
        occurredAt: row.old_occurred_at.toISOString(),
        timePrecision: row.old_time_precision,
        cell: row.old_cell,
        category: row.old_category,
        markers: row.old_markers,
        force: row.old_force,
        discovery: row.old_discovery,
      },
    }),
  }));
}

interface Span {
  earliest: Date;
  latest: Date;
  /** Of what its corrections may have superseded; null where it has none. */
  earliest_before: Date | null;
  latest_before: Date | null;
}

/** Known before the query is planned, it lets TimescaleDB leave out other times' chunks: of years there are hundreds. */
async function selectSpan(database: Pick<Database, 'query'>, batch: number): Promise<Span | undefined> {
  const { rows: batches } = await database.query<Pick<Span, 'earliest' | 'latest'>>(
    `select earliest_occurred_at as earliest, latest_occurred_at as latest from ingest_batches where batch = $1`,
    [batch],
  );
  const [own] = batches;
  if (own === undefined) return undefined;
  const { rows } = await database.query<Pick<Span, 'earliest_before' | 'latest_before'>>(
    `select min(h.occurred_at) as earliest_before, max(h.occurred_at) as latest_before
     from incidents i join incident_history_keys h using (agency, feed, id)
     where i.batch = $1 and i.occurred_at between $2 and $3`,
    [batch, own.earliest, own.latest],
  );
  return { earliest_before: null, latest_before: null, ...own, ...rows[0] };
}
