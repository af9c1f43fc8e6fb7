/** Every revision of the incidents of which something became known only after a moment. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { INCIDENT_COLUMNS, incidentOfRow, type IncidentRow } from './batch-store.ts';
import type { Transaction } from './database.ts';

export interface LaterKnownSpan {
  forces: readonly Force[];
  /** When they happened, by any of their revisions: after `fromMs`, up to `toMs`. */
  fromMs: number;
  toMs: number;
  /** Of so many incidents at most. */
  limit: number;
}

/**
 * Incidents that were told of after `toMs`, or whose revision of then has been superseded since, with all their
 * revisions, incident by incident, the first revision first. Cost: one index range of the span, then by identity.
 */
export async function selectLaterKnown(
  transaction: Transaction,
  { forces, fromMs, toMs, limit }: LaterKnownSpan,
): Promise<StoredIncident[]> {
  const { rows } = await transaction.query<IncidentRow>(
    `with changed as (
       select agency, feed, id from (
         select agency, feed, id from incidents
         where occurred_at > $1 and occurred_at <= $2 and received_at > $2 and force = any($3)
         union
         select agency, feed, id from incident_reversals
         where occurred_at > $1 and occurred_at <= $2 and force = any($3)
       ) told limit $4
     )
     select ${INCIDENT_COLUMNS} from changed cross join lateral (
       select revision, occurred_at from incident_keys k
       where k.agency = changed.agency and k.feed = changed.feed and k.id = changed.id
       union all
       select revision, occurred_at from incident_history_keys h
       where h.agency = changed.agency and h.feed = changed.feed and h.id = changed.id
     ) told cross join lateral (
       select * from incidents o
       where o.agency = changed.agency and o.feed = changed.feed and o.id = changed.id
         and o.revision = told.revision and o.occurred_at = told.occurred_at
     ) i
     order by i.agency, i.feed, i.id, i.revision`,
    [new Date(fromMs), new Date(toMs), forces, limit],
  );
  return rows.map(incidentOfRow);
}

export interface CountedKind extends Pick<StoredIncident, 'category' | 'markers'> {
  incidents: number;
}

/** Incidents of the span that count now, by what a theme is made of. */
export async function selectCountedKinds(
  transaction: Transaction,
  { forces, fromMs, toMs }: Omit<LaterKnownSpan, 'limit'>,
): Promise<CountedKind[]> {
  const { rows } = await transaction.query<CountedKind>(
    `select category, markers, sum(change)::integer as incidents
     from (
       select occurred_at, force, category, markers, 1 as change from incidents
       where occurred_at > $1 and occurred_at <= $2 and status <> 'cancelled' and force = any($3)
       union all
       select occurred_at, force, category, markers, -1 from incident_reversals
       where occurred_at > $1 and occurred_at <= $2 and force = any($3)
     ) counted
     group by category, markers`,
    [new Date(fromMs), new Date(toMs), forces],
  );
  return rows;
}
