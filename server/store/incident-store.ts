/** Stores batches of incidents, each exactly once, and tells what became of every message. */
import type { Database } from './database.ts';
import { storeContested } from './contested-incidents.ts';
import { FINEST_PRECISION } from './feed-store.ts';
import { INPUT_ROWS, INSERT_INCIDENTS, inputArrays, insertBatch, type Arrival } from './incident-columns.ts';
import type { Outcome } from './outcome.ts';

const ELAPSED =
  "extract(epoch from greatest(excluded.last_received_at - feeds.last_received_at, interval '0'))::float8";
const GAP = 'coalesce(feeds.mean_gap_seconds, 45)';
/**
 * A feed's mean time between messages, with a memory of three of them and at least a minute: of a slow feed two that
 * happen to follow close upon each other are no new rhythm. It is weighted by time: a load of the past
 * within seconds says nothing of a feed's rhythm. (exp() refuses to underflow, hence `least`.)
 */
const MEAN_GAP = `${GAP} + (1 - exp(-least(${ELAPSED} / greatest(60, 3 * ${GAP}), 100)))
      * (${ELAPSED} / excluded.stored - ${GAP})`;

/**
 * Inserts identities and rows in one round trip. A conflict on the identity leaves the row to the
 * slower path, which locks the identity and decides.
 */
const INSERT_NEW = `
with batch as (
  ${insertBatch({ announced: false })}
), input as materialized (
  select * from ${INPUT_ROWS}
), identity as (
  insert into incident_keys (agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq)
  select agency, feed, id, revision, occurred_at, content_sha256, stream_at, stream_seq from input
  on conflict do nothing
  returning agency, feed, id
), stored as (
  ${INSERT_INCIDENTS}
  from input join identity using (agency, feed, id) cross join batch
), counted as (
  insert into feeds (agency, feed, stored, last_received_at, last_occurred_at, finest_precision)
  select agency, feed, count(*), max(received_at), max(occurred_at), ${FINEST_PRECISION}
  from input join identity using (agency, feed, id) group by agency, feed order by agency, feed
  on conflict (agency, feed) do update set
    stored = feeds.stored + excluded.stored,
    mean_gap_seconds = ${MEAN_GAP},
    last_received_at = greatest(feeds.last_received_at, excluded.last_received_at),
    last_occurred_at = greatest(feeds.last_occurred_at, excluded.last_occurred_at),
    finest_precision = least(feeds.finest_precision, excluded.finest_precision)
)
select batch.batch, array(select ordinal::int from input join identity using (agency, feed, id)) as ordinals
from batch`;

/**
 * Stores a batch and returns one outcome per arrival, in order. Idempotent: the same arrivals again
 * give `redelivered`. Throws the database's error where it is away; then nothing may be acknowledged.
 */
export async function storeIncidents(database: Database, arrivals: readonly Arrival[]): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(arrivals.length);
  const first = new Map<string, number>();
  const contested: number[] = [];
  arrivals.forEach(({ stored }, index) => {
    const identity = `${stored.agency}|${stored.feed}|${stored.id}`;
    if (first.has(identity)) contested.push(index);
    else first.set(identity, index);
  });
  const fresh = [...first.values()];
  if (fresh.length > 0) {
    const { rows } = await database.query<{ batch: number; ordinals: number[] }>({
      name: 'insert-new-incidents',
      text: INSERT_NEW,
      values: inputArrays(fresh.map((index) => at(arrivals, index))),
    });
    const { batch, ordinals } = at(rows, 0);
    const inserted = new Set(ordinals.map((ordinal) => at(fresh, ordinal - 1)));
    // Else it would wait to be announced, with nothing in it.
    if (inserted.size === 0) await database.query('delete from ingest_batches where batch = $1', [batch]);
    for (const index of fresh) {
      if (inserted.has(index)) outcomes[index] = { kind: 'stored', batch };
      else contested.push(index);
    }
  }
  if (contested.length > 0) {
    contested.sort((one, other) => one - other);
    const decided = await storeContested(
      database,
      contested.map((index) => at(arrivals, index)),
    );
    contested.forEach((index, position) => (outcomes[index] = at(decided, position)));
  }
  return outcomes;
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${list.length}`);
  return item;
}
