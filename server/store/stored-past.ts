/** Reads the past that a model is trained on and judged by, as it was known at an instant. */
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import type { Force } from '../../shared/force.ts';
import { inSnapshot, type Database } from './database.ts';
import { KNOWN_AT } from './known-at.ts';

const PAGE = 20_000;

interface PastRow extends Pick<KnownIncident, 'cell' | 'category' | 'markers' | 'discovery'> {
  occurred_at: Date;
  time_precision: KnownIncident['timePrecision'];
  known_at: Date;
}

export interface PastOptions {
  /** Every force's where absent. */
  force?: Force | undefined;
  onRead?: (rows: number) => void;
}

/**
 * Of every incident that happened and was known before `untilMs` the latest revision known by then, unless it was
 * cancelled. It was known from its first revision on: a correction makes no later news of it.
 */
export function readStoredPast(
  database: Database,
  untilMs: number,
  { force, onRead }: PastOptions = {},
): Promise<KnownIncident[]> {
  return inSnapshot(database, async (transaction) => {
    await transaction.query(
      `declare stored_past no scroll cursor for
       select to_hex(cell) as cell, occurred_at, time_precision, category, markers, discovery, known_at
       from (
         select distinct on (i.agency, i.feed, i.id) i.cell, i.occurred_at, i.time_precision, i.category, i.markers,
           i.discovery, i.status, i.force,
           min(${KNOWN_AT}) over (partition by i.agency, i.feed, i.id) as known_at
         from incidents i where ${KNOWN_AT} < $1
         order by i.agency, i.feed, i.id, i.revision desc
       ) latest
       where occurred_at < $1 and status <> 'cancelled' and ($2::text is null or force = $2)`,
      [new Date(untilMs), force ?? null],
    );
    const past: KnownIncident[] = [];
    for (;;) {
      const { rows } = await transaction.query<PastRow>(`fetch ${PAGE} from stored_past`);
      if (rows.length === 0) return past;
      for (const { occurred_at, time_precision, known_at, ...row } of rows) {
        past.push({
          ...row,
          occurredAtMs: occurred_at.getTime(),
          timePrecision: time_precision,
          knownAtMs: known_at.getTime(),
        });
      }
      onRead?.(past.length);
    }
  });
}
