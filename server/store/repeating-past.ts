/** The last year's incidents that may be near-repeats of each other. */
import type { Category, Marker } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';
import type { Database } from './database.ts';

export interface PastRepeat {
  force: Force;
  category: Category;
  markers: Marker[];
  lat: number;
  lon: number;
  atMs: number;
}

const YEAR_MS = 365 * DAY_MS;
/** The latest, of all forces together. */
const MOST = 400_000;

/** Reported burglaries, robberies and knife incidents that count, have an hour and may be placed finely; the latest first. */
export async function selectRepeatingPast(
  database: Pick<Database, 'query'>,
  nowMs: number,
): Promise<PastRepeat[]> {
  const { rows } = await database.query<Omit<PastRepeat, 'atMs'> & { occurred_at: Date }>(
    `select i.force, i.category, i.markers, i.lat, i.lon, i.occurred_at
     from incidents i join incident_keys k using (agency, feed, id, revision)
     where i.occurred_at > $1 and i.occurred_at <= $2 and i.status <> 'cancelled' and i.discovery = 'reported'
       and (i.category in ('burglary', 'robbery') or 'knife' = any(i.markers))
       and i.time_precision in ('minute', 'hour')
       and i.category <> 'sexual-offences' and not i.markers && array['domestic', 'vawg']
     order by i.occurred_at desc limit ${MOST}`,
    [new Date(nowMs - YEAR_MS), new Date(nowMs)],
  );
  return rows.map(({ occurred_at, ...row }) => ({ ...row, atMs: occurred_at.getTime() }));
}
