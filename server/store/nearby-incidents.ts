/** The incidents of a few cells as they were known at a moment: what an explanation credits. */
import type { Agency } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { STATUSES } from '../../shared/incident.ts';
import { formatInstant } from '../../shared/time.ts';
import type { CountedIncident } from '../../models/features/counted-incident.ts';
import type { Database } from './database.ts';

export interface NearbyIncident extends CountedIncident {
  agency: Agency;
  feed: string;
  receivedAtMs: number;
}

interface NearbyRow extends Omit<NearbyIncident, 'occurredAtMs' | 'timePrecision' | 'receivedAtMs'> {
  status: (typeof STATUSES)[number];
  received_at: Date;
  occurred_at: Date;
  time_precision: NearbyIncident['timePrecision'];
}

const GIVEN_CELLS = `array(
  select ('x' || lpad(given, 16, '0'))::bit(64)::bigint from unnest($1::text[]) as cells (given)
)`;

interface Nearby {
  forces: readonly Force[];
  cells: readonly Cell[];
  fromMs: number;
  /** Infinity: by now. */
  knownByMs: number;
  /** Only those that feed the model. */
  onlyReported: boolean;
  /** Those that were taken back, too. */
  withCancelled?: boolean;
}

/** Those that happened since `fromMs`: of each the highest revision received by `knownByMs`. */
export async function selectNearbyIncidents(
  database: Pick<Database, 'query'>,
  { forces, cells, fromMs, knownByMs, onlyReported, withCancelled = false }: Nearby,
): Promise<(NearbyIncident & { status: (typeof STATUSES)[number] })[]> {
  // Identities are looked up one by one: over a hypertable's chunks the planner expects so many that it would read them all.
  const { rows } = await database.query<NearbyRow>(
    `select i.agency, i.feed, i.occurred_at, i.time_precision, to_hex(i.cell) as cell, i.category, i.markers, i.discovery, i.received_at, i.status
     from incidents i cross join lateral (
       select revision, occurred_at from incident_keys k
       where k.agency = i.agency and k.feed = i.feed and k.id = i.id limit 1
     ) k
     where i.cell = any(${GIVEN_CELLS})
       and i.occurred_at >= $2 and i.force = any($3) and i.received_at <= $4
       and (i.status <> 'cancelled' or $6) and (i.discovery = 'reported' or not $5)
       and (i.revision = k.revision or not exists (
         select from (
           select revision, occurred_at from incident_history_keys h
           where h.agency = i.agency and h.feed = i.feed and h.id = i.id
           union all select k.revision, k.occurred_at
         ) other join incidents later on later.agency = i.agency and later.feed = i.feed and later.id = i.id
           and later.revision = other.revision and later.occurred_at = other.occurred_at
         where other.revision > i.revision and later.received_at <= $4
       ))`,
    [
      cells,
      formatInstant(fromMs),
      forces,
      knownByMs === Infinity ? 'infinity' : formatInstant(knownByMs),
      onlyReported,
      withCancelled,
    ],
  );
  return rows.map(({ occurred_at, time_precision, received_at, ...row }) => ({
    ...row,
    occurredAtMs: occurred_at.getTime(),
    timePrecision: time_precision,
    receivedAtMs: received_at.getTime(),
  }));
}

/** The forces whose incidents since `fromMs` lie in these cells, that with most first. */
export async function selectForcesOf(
  database: Pick<Database, 'query'>,
  cells: readonly Cell[],
  fromMs: number,
): Promise<Force[]> {
  const { rows } = await database.query<{ force: Force }>(
    `select force from incidents
     where cell = any(${GIVEN_CELLS}) and occurred_at >= $2
     group by force order by count(*) desc, force`,
    [cells, formatInstant(fromMs)],
  );
  return rows.map(({ force }) => force);
}
