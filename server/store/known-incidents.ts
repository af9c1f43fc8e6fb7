/** Reads the incidents that count, and brings a fold over LIVE to where the database stands. */
import type { IncidentChange, StoredIncident } from '../../shared/announcement.ts';
import { INCIDENT_COLUMNS, incidentOfRow, selectBatchChanges, type IncidentRow } from './batch-store.ts';
import { inSnapshot, type Database, type Transaction } from './database.ts';

const RECENT_BATCHES = 40_000;
const PAGE = 20_000;

/**
 * Brings a fold over LIVE to where the database stands: calls `apply` for every incident that counts and
 * happened since `fromMs`, as LIVE would have told of it. Batches that LIVE may not have heard of yet
 * are undone again, so that their announcement finds the fold as it should. Returns the batches that
 * are in the fold: should LIVE tell of them again, they are not to be counted.
 */
export function foldKnownIncidents(
  database: Database,
  fromMs: number,
  apply: (change: IncidentChange) => void,
): Promise<number[]> {
  return inSnapshot(database, async (transaction) => {
    const { rows } = await transaction.query<{ batch: number; announced: boolean }>(
      `select batch, announced from ingest_batches
       where batch > (select coalesce(max(batch), 0) - ${RECENT_BATCHES} from ingest_batches) or not announced`,
    );
    for await (const page of incidentsThatCount(transaction, { fromMs, toMs: Infinity })) {
      for (const incident of page) apply({ incident });
    }
    for (const { batch } of rows.filter(({ announced }) => !announced)) {
      for (const change of await selectBatchChanges(transaction, batch)) undo(change, apply);
    }
    return rows.filter(({ announced }) => announced).map(({ batch }) => batch);
  });
}

function undo({ incident, superseded }: IncidentChange, apply: (change: IncidentChange) => void): void {
  apply({ incident: { ...incident, status: 'cancelled' }, superseded: incident });
  if (superseded !== undefined) apply({ incident: { ...incident, ...superseded } });
}

/**
 * Incidents that count (the highest revision, whatever its status) and happened in the span, oldest
 * first, a page at a time. Cost: one index range.
 */
export async function* incidentsThatCount(
  transaction: Transaction,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): AsyncGenerator<StoredIncident[]> {
  const cursor = 'incidents_that_count';
  await transaction.query(
    `declare ${cursor} no scroll cursor for
     select ${INCIDENT_COLUMNS} from incidents i
     join incident_keys k using (agency, feed, id, revision)
     where i.occurred_at >= $1 and i.occurred_at < $2 order by i.occurred_at`,
    [instantFor(fromMs), instantFor(toMs)],
  );
  try {
    for (;;) {
      const { rows } = await transaction.query<IncidentRow>(`fetch ${PAGE} from ${cursor}`);
      if (rows.length === 0) return;
      yield rows.map(incidentOfRow);
    }
  } finally {
    await transaction.query(`close ${cursor}`);
  }
}

function instantFor(epochMs: number): string {
  if (epochMs === -Infinity) return '-infinity';
  return epochMs === Infinity ? 'infinity' : new Date(epochMs).toISOString();
}
