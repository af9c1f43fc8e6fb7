/** Reads the incidents that count, and brings a fold over LIVE to where LIVE is sure to be. */
import type { StoredIncident } from '../../shared/announcement.ts';
import { INCIDENT_COLUMNS, incidentOfRow, type IncidentRow } from './batch-store.ts';
import { inSnapshot, type Database, type Transaction } from './database.ts';

const RECENT_BATCHES = 40_000;
const PAGE = 20_000;

/** From when on incidents are wanted, epoch milliseconds; -Infinity for all. */
export interface Since {
  receivedMs: number;
  /** Of those known to the day or month only also what happened since then, whenever it was received. */
  untimedMs: number;
  /** Where fewer than these came, the latest of the others, too: timed, and happened since `untimedMs`. */
  atLeast?: number;
}

export interface FoldedBatches {
  /** In the fold: should LIVE tell of them again, they are not to be counted. */
  announced: number[];
  /**
   * When the oldest batch was committed that is not in the fold, since LIVE may not know it; epoch milliseconds.
   * If LIVE does, it was told after that.
   */
  unannouncedSinceMs: number | undefined;
}

/**
 * Calls `apply` for the incidents that count: of an incident whose latest revision LIVE may not have heard of
 * yet, with the revision before. Those wanted come as they were received, or where all are, in the order of their
 * happening.
 */
export function foldKnownIncidents(
  database: Database,
  { receivedMs, untimedMs, atLeast = 0 }: Since,
  apply: (incident: StoredIncident) => void,
): Promise<FoldedBatches> {
  return inSnapshot(database, async (transaction) => {
    const { rows: batches } = await transaction.query<BatchRow>(RECENT_OR_UNANNOUNCED);
    const unannounced = batches.filter(({ announced }) => !announced);
    const untold = new Set(unannounced.map(({ batch }) => batch));
    const reads: [query: string, values: string[]][] =
      receivedMs === -Infinity
        ? [[COUNTS_BY_TIME, ['-infinity', 'infinity']]]
        : [
            [COUNTS_BY_RECEIPT, [instantFor(receivedMs)]],
            [UNTIMED_BY_TIME, [instantFor(untimedMs), instantFor(receivedMs)]],
          ];
    let found = 0;
    const read = async (query: string, values: unknown[]): Promise<void> => {
      for await (const page of pages(transaction, query, values)) {
        for (const row of page) {
          if (untold.has(row.batch)) continue;
          found++;
          apply(incidentOfRow(row));
        }
      }
    };
    for (const [query, values] of reads) await read(query, values);
    if (found < atLeast) {
      const span = [instantFor(untimedMs), instantFor(receivedMs)];
      await read(LATEST_TIMED, [...span, [...untold], atLeast - found]);
    }
    for (const incident of await selectBefore(transaction, [...untold])) apply(incident);
    return {
      announced: batches.filter(({ announced }) => announced).map(({ batch }) => batch),
      unannouncedSinceMs: unannounced
        .map(({ committed_at }) => committed_at.getTime())
        .reduce<number | undefined>((oldest, at) => Math.min(oldest ?? at, at), undefined),
    };
  });
}

/**
 * Incidents that count (the highest revision, whatever its status) and happened in the span, oldest
 * first, a page at a time. Cost: one index range.
 */
export async function* incidentsThatCount(
  transaction: Transaction,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): AsyncGenerator<StoredIncident[]> {
  const span = [instantFor(fromMs), instantFor(toMs)];
  for await (const page of pages(transaction, COUNTS_BY_TIME, span)) yield page.map(incidentOfRow);
}

interface BatchRow {
  batch: number;
  announced: boolean;
  committed_at: Date;
}

const RECENT_OR_UNANNOUNCED = `
  select batch, announced, committed_at from ingest_batches
  where batch > (select coalesce(max(batch), 0) - ${RECENT_BATCHES} from ingest_batches)
  union
  select batch, announced, committed_at from ingest_batches where not announced
  order by batch`;

const COUNTS_BY_TIME = `
  select ${INCIDENT_COLUMNS}, i.batch from incidents i
  join incident_keys k using (agency, feed, id, revision)
  where i.occurred_at >= $1 and i.occurred_at < $2 order by i.occurred_at`;

// Numbers rise with time: what was received since then is in one of the last batches. (Without the offset the
// least number would be sought from the first batch on.)
const COUNTS_BY_RECEIPT = `
  select ${INCIDENT_COLUMNS}, i.batch from incidents i
  join incident_keys k using (agency, feed, id, revision)
  where i.received_at >= $1 and i.batch >= (
    select min(batch) from (select batch from ingest_batches where latest_received_at >= $1 offset 0) received
  )`;

const UNTIMED_BY_TIME = `
  select ${INCIDENT_COLUMNS}, i.batch from incidents i
  join incident_keys k using (agency, feed, id, revision)
  where i.time_precision in ('day', 'month') and i.occurred_at >= $1 and i.received_at < $2`;

const LATEST_TIMED = `
  select ${INCIDENT_COLUMNS}, i.batch from incidents i
  join incident_keys k using (agency, feed, id, revision)
  where i.time_precision in ('minute', 'hour') and i.occurred_at >= $1 and i.received_at < $2
    and i.batch <> all($3)
  order by i.batch desc limit $4`;

type BatchedRow = IncidentRow & { batch: number };

async function* pages(
  transaction: Transaction,
  query: string,
  values: unknown[],
): AsyncGenerator<BatchedRow[]> {
  const cursor = 'incident_pages';
  await transaction.query(`declare ${cursor} no scroll cursor for ${query}`, values);
  try {
    for (;;) {
      const { rows } = await transaction.query<BatchedRow>(`fetch ${PAGE} from ${cursor}`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await transaction.query(`close ${cursor}`);
  }
}

/** Of the incidents that these batches changed, the revisions that counted before them. */
async function selectBefore(transaction: Transaction, batches: number[]): Promise<StoredIncident[]> {
  if (batches.length === 0) return [];
  // A revision that came late has a later batch than the one it did not replace.
  const { rows } = await transaction.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS}
     from (
       select distinct on (agency, feed, id) agency, feed, id, revision, batch
       from incidents where batch = any($1) order by agency, feed, id, revision
     ) changed
     cross join lateral (
       select o.* from incident_history_keys h
       join incidents o using (agency, feed, id, revision, occurred_at)
       where h.agency = changed.agency and h.feed = changed.feed and h.id = changed.id
         and h.revision < changed.revision and o.batch < changed.batch
       order by h.revision desc limit 1
     ) i`,
    [batches],
  );
  return rows.map(incidentOfRow);
}

function instantFor(epochMs: number): string {
  if (epochMs === -Infinity) return '-infinity';
  return epochMs === Infinity ? 'infinity' : new Date(epochMs).toISOString();
}
