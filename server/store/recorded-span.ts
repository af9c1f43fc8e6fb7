/** What the database holds of a span of time, as the messages that would bring it there again. */
import type { IncidentMessage } from '../../shared/incident.ts';
import type { Database } from './database.ts';

/** A line of an NDJSON recording: an incident and the feed it came by, as `agency/feed`. */
export type RecordedLine = IncidentMessage & { feed: string };

interface IncidentRow {
  agency: string;
  feed: string;
  id: string;
  revision: number;
  status: NonNullable<IncidentMessage['status']>;
  origin: NonNullable<IncidentMessage['origin']>;
  occurred_at: Date;
  occurred_until: Date | null;
  time_precision: NonNullable<IncidentMessage['timePrecision']>;
  reported_at: Date | null;
  received_at: Date;
  lat: number;
  lon: number;
  precision_metres: number | null;
  category: IncidentMessage['category'];
  markers: NonNullable<IncidentMessage['markers']>;
  native_category: string | null;
  severity: number;
  force: NonNullable<IncidentMessage['force']> | 'unassigned';
  discovery: NonNullable<IncidentMessage['discovery']>;
}

const PAGE = 5_000;

/**
 * Yields every revision of the incidents that happened from the first instant to before the second, in
 * portions, by time of happening. Without summaries: what is shown singly and audited leaves no other way.
 */
export async function* selectRecordedSpan(
  database: Pick<Database, 'query'>,
  from: Date,
  to: Date,
): AsyncGenerator<RecordedLine[]> {
  let last: IncidentRow | undefined;
  for (;;) {
    const after = last ?? { occurred_at: from, agency: '', feed: '', id: '', revision: 0 };
    const { rows } = await database.query<IncidentRow>(
      `select * from incidents
        where occurred_at >= $1 and occurred_at < $2
          and (occurred_at, agency, feed, id, revision) > ($1, $3, $4, $5, $6)
        order by occurred_at, agency, feed, id, revision
        limit ${PAGE}`,
      [after.occurred_at, to, after.agency, after.feed, after.id, after.revision],
    );
    if (rows.length > 0) yield rows.map(lineOf);
    last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
  }
}

function lineOf(row: IncidentRow): RecordedLine {
  // A recording is played by when its sender knew. Of a live message and of a correction only we know when it came.
  const reportedAt = row.origin === 'live' || row.revision > 1 ? row.received_at : row.reported_at;
  return {
    feed: `${row.agency}/${row.feed}`,
    id: row.id,
    revision: row.revision,
    status: row.status,
    origin: row.origin,
    occurredAt: row.occurred_at.toISOString(),
    ...(row.occurred_until !== null && { occurredUntil: row.occurred_until.toISOString() }),
    timePrecision: row.time_precision,
    ...(reportedAt !== null && { reportedAt: reportedAt.toISOString() }),
    location: {
      lat: row.lat,
      lon: row.lon,
      ...(row.precision_metres !== null && { precisionMetres: row.precision_metres }),
    },
    category: row.category,
    ...(row.markers.length > 0 && { markers: row.markers }),
    ...(row.native_category !== null && { nativeCategory: row.native_category }),
    severity: row.severity,
    ...(row.force !== 'unassigned' && { force: row.force }),
    discovery: row.discovery,
  };
}
