/** Which revision of an incident counts, and which did before: looked up and changed within one transaction. */
import type { Transaction } from './database.ts';
import type { Arrival } from './incident-columns.ts';

/** A stored revision, or one that is about to be stored. */
export interface Known {
  revision: number;
  sha256: Buffer;
  streamAtMs: number;
  streamSeq: number;
  occurredAt: Date;
  /** Set where an arrival of the same batch brings it. */
  arrival?: Arrival;
}

/** A revision that does not count, and an arrival of its incident. */
export interface PastRevision {
  arrival: Arrival;
  known: Known;
}

/** Names the incident of an arrival. */
export function identityOf({ stored }: Arrival): string {
  return `${stored.agency}|${stored.feed}|${stored.id}`;
}

/** The arrival itself, as what is known of its incident from now on. */
export function knownOfArrival(arrival: Arrival): Known {
  return {
    revision: arrival.stored.revision,
    sha256: arrival.contentSha256,
    streamAtMs: arrival.streamAtMs,
    streamSeq: arrival.streamSeq,
    occurredAt: new Date(arrival.stored.occurredAt),
    arrival,
  };
}

interface KeyRow {
  agency: string;
  feed: string;
  id: string;
  revision: number;
  content_sha256: Buffer;
  stream_at: Date;
  stream_seq: number;
  occurred_at: Date;
}

function knownOf(row: KeyRow): Known {
  return {
    revision: row.revision,
    sha256: row.content_sha256,
    streamAtMs: row.stream_at.getTime(),
    streamSeq: row.stream_seq,
    occurredAt: row.occurred_at,
  };
}

const IDENTITIES = `select distinct * from unnest($1::text[], $2::text[], $3::text[]) as wanted (agency, feed, id)`;

function identityArrays(arrivals: readonly Arrival[]): string[][] {
  return [
    arrivals.map(({ stored }) => stored.agency),
    arrivals.map(({ stored }) => stored.feed),
    arrivals.map(({ stored }) => stored.id),
  ];
}

/** What counts of the arrivals' incidents, by identity; locked until the transaction ends. */
export async function lockCurrent(
  transaction: Transaction,
  arrivals: readonly Arrival[],
): Promise<Map<string, Known>> {
  // Locked in one order, so that two processes cannot wait for each other.
  const { rows } = await transaction.query<KeyRow>(
    `select k.* from incident_keys k join (${IDENTITIES}) w using (agency, feed, id)
     order by agency, feed, id for update of k`,
    identityArrays(arrivals),
  );
  return new Map(rows.map((row) => [`${row.agency}|${row.feed}|${row.id}`, knownOf(row)]));
}

/** What does not count of them, by identity and revision. */
export async function selectHistory(
  transaction: Transaction,
  arrivals: readonly Arrival[],
): Promise<Map<string, Known>> {
  const { rows } = await transaction.query<KeyRow>(
    `select h.* from incident_history_keys h join (${IDENTITIES}) w using (agency, feed, id)`,
    identityArrays(arrivals),
  );
  return new Map(rows.map((row) => [`${row.agency}|${row.feed}|${row.id}|${row.revision}`, knownOf(row)]));
}

const KEY_COLUMNS = 'agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq';
const KEY_ROWS =
  'unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::bytea[], $7::timestamptz[], $8::bigint[])';
const REVERSAL_COLUMNS = [
  ...['agency', 'feed', 'id', 'revision', 'occurred_at', 'time_precision'],
  ...['force', 'cell', 'category', 'markers', 'discovery'],
];

/** Notes revisions, whose rows are stored, as past, and takes them out of the counts. */
export async function addHistory(transaction: Transaction, past: readonly PastRevision[]): Promise<void> {
  const instants = past.map(({ known }) => known.occurredAt.getTime());
  // Looked up one by one, and within a span, as in superseded.ts.
  await transaction.query(
    `with past as (
       insert into incident_history_keys (${KEY_COLUMNS}) select * from ${KEY_ROWS}
       returning agency, feed, id, revision, occurred_at
     )
     insert into incident_reversals (${REVERSAL_COLUMNS.join(', ')})
     select ${REVERSAL_COLUMNS.map((column) => `i.${column}`).join(', ')}
     from past cross join lateral (
       select * from incidents i
       where i.agency = past.agency and i.feed = past.feed and i.id = past.id and i.revision = past.revision
         and i.occurred_at = past.occurred_at and i.occurred_at between $9 and $10
       limit 1
     ) i where i.status <> 'cancelled'`,
    [
      ...columnsOf(past.map(({ arrival, known }) => keyRow(arrival, known))),
      new Date(Math.min(...instants)),
      new Date(Math.max(...instants)),
    ],
  );
}

/** Makes each arrival the revision of its incident that counts; at most one arrival per incident. */
export async function updateCurrent(transaction: Transaction, arrivals: readonly Arrival[]): Promise<void> {
  await transaction.query(
    `update incident_keys k set revision = n.revision, occurred_at = n.occurred_at,
       content_sha256 = n.content_sha256, stream_at = n.stream_at, stream_seq = n.stream_seq
     from ${KEY_ROWS} as n (${KEY_COLUMNS})
     where k.agency = n.agency and k.feed = n.feed and k.id = n.id`,
    columnsOf(arrivals.map((arrival) => keyRow(arrival, knownOfArrival(arrival)))),
  );
}

type KeyValue = string | number | Buffer;

function keyRow({ stored }: Arrival, known: Known): KeyValue[] {
  const streamAt = new Date(known.streamAtMs).toISOString();
  const occurredAt = known.occurredAt.toISOString();
  return [
    stored.agency,
    stored.feed,
    stored.id,
    known.revision,
    occurredAt,
    known.sha256,
    streamAt,
    known.streamSeq,
  ];
}

function columnsOf(rows: readonly KeyValue[][]): KeyValue[][] {
  return Array.from({ length: 8 }, (_, column) => rows.map((row) => row[column] ?? ''));
}
