/** Incidents per force and hour: a year at once for what is usual, and the last days to the second. */
import type { Category, Marker } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

interface Kind {
  force: Force;
  category: Category;
  markers: Marker[];
}

/** Of one force, and of one kind of incident. */
export interface HourCounts extends Kind {
  /** Whether somebody reported them: neither an officer nor a sensor found them. */
  reported: boolean;
  /** Hours since the epoch, in no order, and the incidents in each. */
  hours: number[];
  incidents: number[];
}

export interface WindowCounts extends Kind {
  /** Reported incidents since each of the instants asked for. */
  incidents: number[];
}

/** Times that an hour can be told from. */
const TIMED = `time_precision in ('minute', 'hour')`;

/** Of all that happened since `fromMs` and is known to the hour. Cost: one pass over these counts. */
export async function selectHourCounts(
  database: Pick<Database, 'query'>,
  fromMs: number,
  toMs: number,
): Promise<HourCounts[]> {
  const { rows } = await database.query<HourCounts>(
    `select force, category, markers, discovery = 'reported' as reported,
       array_agg(hour_number) as hours, array_agg(incidents) as incidents
     from (
       select force, category, markers, discovery, (extract(epoch from hour) / 3600)::integer as hour_number,
         sum(incidents)::integer as incidents
       from incident_counts where hour >= $1 and hour < $2 and ${TIMED}
       group by 1, 2, 3, 4, 5
     ) counted
     group by 1, 2, 3, 4`,
    [new Date(fromMs), new Date(toMs)],
  );
  return rows;
}

/** Reported incidents up to `toMs` since each of the instants. Cost: those since the earliest. */
export async function selectWindowCounts(
  database: Pick<Database, 'query'>,
  fromsMs: readonly number[],
  toMs: number,
): Promise<WindowCounts[]> {
  const sums = fromsMs.map(
    (_, index) => `coalesce(sum(change) filter (where occurred_at > $${index + 3}), 0)::integer`,
  );
  const { rows } = await database.query<WindowCounts>(
    `select force, category, markers, array[${sums.join()}] as incidents
     from (
       select occurred_at, force, category, markers, 1 as change from incidents
       where occurred_at > $1 and occurred_at <= $2 and status <> 'cancelled' and discovery = 'reported' and ${TIMED}
       union all
       select occurred_at, force, category, markers, -1 from incident_reversals
       where occurred_at > $1 and occurred_at <= $2 and discovery = 'reported' and ${TIMED}
     ) counted
     group by force, category, markers`,
    [Math.min(...fromsMs), toMs, ...fromsMs].map((ms) => new Date(ms)),
  );
  return rows;
}
