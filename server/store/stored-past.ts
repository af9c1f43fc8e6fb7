/** Reads the incidents that count as the past that a model is trained on. */
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { inSnapshot, type Database } from './database.ts';

const PAGE = 20_000;

interface PastRow extends Pick<KnownIncident, 'cell' | 'category' | 'markers' | 'discovery'> {
  occurred_at: Date;
  time_precision: KnownIncident['timePrecision'];
  known_at: Date;
}

/**
 * The highest revision of every incident that happened before `untilMs` and was not cancelled. A recorded
 * incident was known when it was reported, or when it happened; any other when it was received.
 */
export function readStoredPast(
  database: Database,
  untilMs: number,
  onRead?: (rows: number) => void,
): Promise<KnownIncident[]> {
  return inSnapshot(database, async (transaction) => {
    await transaction.query(
      `declare stored_past no scroll cursor for
       select to_hex(i.cell) as cell, i.occurred_at, i.time_precision, i.category, i.markers, i.discovery,
         case i.origin when 'recorded' then coalesce(i.reported_at, i.occurred_at) else i.received_at end as known_at
       from incidents i join incident_keys k using (agency, feed, id, revision)
       where i.occurred_at < $1 and i.status <> 'cancelled'
       order by i.occurred_at, i.agency, i.feed, i.id`,
      [new Date(untilMs)],
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
