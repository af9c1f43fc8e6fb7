/** Decides arrivals whose incident is known already: redelivered, duplicate, conflict, correction or late history. */
import type { StoredIncident, Superseded } from '../../shared/announcement.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { FINEST_PRECISION } from './feed-store.ts';
import { INPUT_ROWS, INSERT_INCIDENTS, inputArrays, insertBatch, type Arrival } from './incident-columns.ts';
import {
  addHistory,
  identityOf,
  knownOfArrival,
  lockCurrent,
  selectHistory,
  updateCurrent,
  type Known,
} from './incident-keys.ts';
import type { Outcome } from './outcome.ts';
import { selectSuperseded } from './superseded.ts';

interface Plan {
  outcomes: Outcome[];
  /** Arrivals to insert that count from now on, each with what it replaces. */
  corrections: { arrival: Arrival; index: number; replaces: Known }[];
  /** Arrivals to insert that never count. */
  history: Arrival[];
  duplicates: Arrival[];
}

/** One outcome per arrival, in order; all in one transaction that holds the identities' locks. */
export function storeContested(database: Database, arrivals: readonly Arrival[]): Promise<Outcome[]> {
  return inTransaction(database, async (transaction) => {
    const current = await lockCurrent(transaction, arrivals);
    const earlier = await selectHistory(transaction, arrivals);
    const plan = decide(arrivals, current, earlier);
    await lockFeeds(transaction, arrivals);
    await countDuplicates(transaction, plan.duplicates);
    if (plan.corrections.length + plan.history.length > 0) {
      await storeCorrections(transaction, plan);
      await storeIdentities(transaction, plan);
    }
    return plan.outcomes;
  });
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

/** In one order, as whoever stores what is new does: else two batches of several feeds could wait for each other. */
async function lockFeeds(transaction: Transaction, arrivals: readonly Arrival[]): Promise<void> {
  await transaction.query(
    `select from feeds where (agency, feed) in (select * from unnest($1::text[], $2::text[]))
     order by agency, feed for update`,
    [arrivals.map(({ stored }) => stored.agency), arrivals.map(({ stored }) => stored.feed)],
  );
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
       ${insertBatch({ announced })}
     ), input as materialized (select * from ${INPUT_ROWS}),
     stored as (${INSERT_INCIDENTS} from input cross join batch),
     arrived as (
       select agency, feed, count(*) as stored, max(received_at) as last_received_at,
         max(occurred_at) as last_occurred_at, ${FINEST_PRECISION} as finest_precision
       from input group by agency, feed
     ), counted as (
       update feeds set stored = feeds.stored + arrived.stored,
         last_received_at = greatest(feeds.last_received_at, arrived.last_received_at),
         last_occurred_at = greatest(feeds.last_occurred_at, arrived.last_occurred_at),
         finest_precision = least(feeds.finest_precision, arrived.finest_precision)
       from arrived where feeds.agency = arrived.agency and feeds.feed = arrived.feed
     ) select batch from batch`,
    inputArrays(arrivals),
  );
  return rows[0]?.batch ?? 0;
}

async function storeIdentities(transaction: Transaction, { corrections, history }: Plan): Promise<void> {
  await addHistory(transaction, [
    ...corrections.map(({ arrival, replaces }) => ({ arrival, known: replaces })),
    ...history.map((arrival) => ({ arrival, known: knownOfArrival(arrival) })),
  ]);
  const latest = new Map(corrections.map(({ arrival }) => [identityOf(arrival), arrival]));
  await updateCurrent(transaction, [...latest.values()]);
}

function supersededOf(stored: StoredIncident): Superseded {
  const { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery } = stored;
  return { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery };
}
