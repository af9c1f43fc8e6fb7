/** Decides arrivals whose incident is known already: redelivered, duplicate, conflict, correction or late history. */
import type { StoredIncident, Superseded } from '../../shared/announcement.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { INPUT_ROWS, INSERT_INCIDENTS, inputArrays, type Arrival } from './incident-columns.ts';
import type { Outcome } from './outcome.ts';
import { selectSuperseded } from './superseded.ts';

interface Known {
  revision: number;
  sha256: Buffer;
  streamAtMs: number;
  streamSeq: number;
  occurredAt: Date;
  /** Set once a later arrival of the same batch has changed it. */
  arrival?: Arrival;
}

interface Plan {
  outcomes: Outcome[];
  /** Arrivals to insert, each with whether it counts from now on. */
  corrections: { arrival: Arrival; index: number; replaces: Known }[];
  history: Arrival[];
  duplicates: Arrival[];
}

/** One outcome per arrival, in order; all in one transaction that holds the identities' locks. */
export function storeContested(database: Database, arrivals: readonly Arrival[]): Promise<Outcome[]> {
  return inTransaction(database, async (transaction) => {
    const current = await selectCurrent(transaction, arrivals);
    const earlier = await selectHistory(transaction, arrivals);
    const plan = decide(arrivals, current, earlier);
    await countDuplicates(transaction, plan.duplicates);
    if (plan.corrections.length + plan.history.length > 0) {
      await storeCorrections(transaction, plan);
      await updateIdentities(transaction, plan);
    }
    return plan.outcomes;
  });
}

function identityOf({ stored }: Arrival): string {
  return `${stored.agency}|${stored.feed}|${stored.id}`;
}

const IDENTITIES = `select distinct * from unnest($1::text[], $2::text[], $3::text[]) as wanted (agency, feed, id)`;

function identityArrays(arrivals: readonly Arrival[]): string[][] {
  return [
    arrivals.map(({ stored }) => stored.agency),
    arrivals.map(({ stored }) => stored.feed),
    arrivals.map(({ stored }) => stored.id),
  ];
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

function knownOfArrival(arrival: Arrival): Known {
  return {
    revision: arrival.stored.revision,
    sha256: arrival.contentSha256,
    streamAtMs: arrival.streamAtMs,
    streamSeq: arrival.streamSeq,
    occurredAt: new Date(arrival.stored.occurredAt),
    arrival,
  };
}

async function selectCurrent(
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

async function selectHistory(
  transaction: Transaction,
  arrivals: readonly Arrival[],
): Promise<Map<string, Known>> {
  const { rows } = await transaction.query<KeyRow>(
    `select h.* from incident_history_keys h join (${IDENTITIES}) w using (agency, feed, id)`,
    identityArrays(arrivals),
  );
  return new Map(rows.map((row) => [`${row.agency}|${row.feed}|${row.id}|${row.revision}`, knownOf(row)]));
}

function decide(
  arrivals: readonly Arrival[],
  current: Map<string, Known>,
  earlier: Map<string, Known>,
): Plan {
  const plan: Plan = { outcomes: [], corrections: [], history: [], duplicates: [] };
  arrivals.forEach((arrival, index) => {
    const identity = identityOf(arrival);
    const counts = current.get(identity);
    if (counts === undefined) throw new Error(`contested incident ${identity} has no identity`);
    const { revision } = arrival.stored;
    const same = revision === counts.revision ? counts : earlier.get(`${identity}|${revision}`);
    if (same !== undefined) {
      const kind = sameMessage(same, arrival)
        ? 'redelivered'
        : same.sha256.equals(arrival.contentSha256)
          ? 'duplicate'
          : 'conflict';
      if (kind === 'duplicate') plan.duplicates.push(arrival);
      plan.outcomes.push({ kind });
      return;
    }
    const own = knownOfArrival(arrival);
    if (revision < counts.revision) {
      earlier.set(`${identity}|${revision}`, own);
      plan.history.push(arrival);
      plan.outcomes.push({ kind: 'history' });
      return;
    }
    earlier.set(`${identity}|${counts.revision}`, counts);
    current.set(identity, own);
    plan.corrections.push({ arrival, index, replaces: counts });
    plan.outcomes.push({ kind: 'stored', batch: 0 });
  });
  return plan;
}

function sameMessage(known: Known, arrival: Arrival): boolean {
  return known.streamSeq === arrival.streamSeq && known.streamAtMs === arrival.streamAtMs;
}

/** A duplicate is counted once, however often its message is delivered. */
async function countDuplicates(transaction: Transaction, duplicates: readonly Arrival[]): Promise<void> {
  if (duplicates.length === 0) return;
  await transaction.query(
    `with told as (
       insert into duplicate_deliveries (stream_at, stream_seq, agency, feed)
       select * from unnest($1::timestamptz[], $2::bigint[], $3::text[], $4::text[])
       on conflict do nothing returning agency, feed
     ), counts as (select agency, feed, count(*) as duplicates from told group by agency, feed order by agency, feed)
     update feeds set duplicates = feeds.duplicates + counts.duplicates from counts
     where feeds.agency = counts.agency and feeds.feed = counts.feed`,
    [
      duplicates.map(({ streamAtMs }) => new Date(streamAtMs).toISOString()),
      duplicates.map(({ streamSeq }) => streamSeq),
      duplicates.map(({ stored }) => stored.agency),
      duplicates.map(({ stored }) => stored.feed),
    ],
  );
}

async function storeCorrections(transaction: Transaction, plan: Plan): Promise<void> {
  const { corrections, history } = plan;
  const superseded = await selectSuperseded(
    transaction,
    corrections.map(({ arrival: { stored }, replaces }) => ({ ...stored, ...replaces })),
  );
  const batch = await insertRows(
    transaction,
    corrections.map(({ arrival }) => arrival),
    { announced: false },
  );
  corrections.forEach(({ index, replaces }, position) => {
    // Within one batch a correction may replace another that no row held when the look-up ran.
    const before = replaces.arrival ? supersededOf(replaces.arrival.stored) : superseded.get(position);
    plan.outcomes[index] = { kind: 'stored', batch, ...(before && { superseded: before }) };
  });
  await insertRows(transaction, history, { announced: true });
}

/** Inserts rows as one batch and counts them for their feeds; returns the batch's number. */
async function insertRows(
  transaction: Transaction,
  arrivals: readonly Arrival[],
  { announced }: { announced: boolean },
): Promise<number> {
  if (arrivals.length === 0) return 0;
  const { rows } = await transaction.query<{ batch: number }>(
    `with batch as (
       insert into ingest_batches (earliest_occurred_at, latest_occurred_at, announced)
       select min(occurred_at), max(occurred_at), ${String(announced)}
       from unnest($7::timestamptz[]) as happening (occurred_at)
       returning batch
     ), input as materialized (select * from ${INPUT_ROWS}),
     stored as (${INSERT_INCIDENTS} from input cross join batch),
     arrived as (
       select agency, feed, count(*) as stored, max(received_at) as last_received_at,
         max(occurred_at) as last_occurred_at from input group by agency, feed
     ), counted as (
       update feeds set stored = feeds.stored + arrived.stored,
         last_received_at = greatest(feeds.last_received_at, arrived.last_received_at),
         last_occurred_at = greatest(feeds.last_occurred_at, arrived.last_occurred_at)
       from arrived where feeds.agency = arrived.agency and feeds.feed = arrived.feed
     ) select batch from batch`,
    inputArrays(arrivals),
  );
  return rows[0]?.batch ?? 0;
}

async function updateIdentities(transaction: Transaction, { corrections, history }: Plan): Promise<void> {
  const past = [
    ...corrections.map(({ arrival, replaces }) => keyRow(arrival, replaces)),
    ...history.map((arrival) => keyRow(arrival, knownOfArrival(arrival))),
  ];
  await transaction.query(
    `insert into incident_history_keys (${KEY_COLUMNS}) select * from ${KEY_ROWS}`,
    columnsOf(past),
  );
  const latest = new Map(corrections.map(({ arrival }) => [identityOf(arrival), arrival]));
  await transaction.query(
    `update incident_keys k set revision = n.revision, occurred_at = n.occurred_at,
       content_sha256 = n.content_sha256, stream_at = n.stream_at, stream_seq = n.stream_seq
     from ${KEY_ROWS} as n (${KEY_COLUMNS})
     where k.agency = n.agency and k.feed = n.feed and k.id = n.id`,
    columnsOf([...latest.values()].map((arrival) => keyRow(arrival, knownOfArrival(arrival)))),
  );
}

const KEY_COLUMNS = 'agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq';
const KEY_ROWS =
  'unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::bytea[], $7::timestamptz[], $8::bigint[])';

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

function supersededOf(stored: StoredIncident): Superseded {
  const { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery } = stored;
  return { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery };
}
