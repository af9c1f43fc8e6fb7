/** Fills a migrated database with a steady past of one force, so that what is usual can be told to the digit. */
import { cellAt } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Category } from '../../shared/category.ts';
import type { StoredIncident } from '../../shared/announcement.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { Database } from '../../server/store/database.ts';

export interface SteadyPast {
  force: Force;
  fromMs: number;
  toMs: number;
  perHour: number;
  category?: Category;
  discovery?: StoredIncident['discovery'];
}

let made = 0;

/** Incidents evenly within each hour, told by the feed police/past. */
export async function fillSteadily(
  database: Database,
  { force, fromMs, toMs, perHour, category = 'burglary', discovery = 'reported' }: SteadyPast,
): Promise<void> {
  made++;
  const stepMs = HOUR_MS / perHour;
  await database.query(
    `insert into incidents (agency, feed, id, revision, batch, status, origin, occurred_at, time_precision, received_at,
       lat, lon, cell, category, markers, severity, force, discovery)
     select 'police', 'past', $1 || n, 1, 0, 'open', 'live', at, 'minute', at, 51.5, -0.12, $9::bigint,
       $2, '{}', 2, $3, $4
     from generate_series(0, $5::integer) n,
       lateral (select to_timestamp(($6::double precision + (n + 0.5) * $7::double precision) / 1000) as at) t
     where at < to_timestamp($8::double precision / 1000)`,
    [
      ...[`past-${made}-`, category, force, discovery],
      ...[Math.floor((toMs - fromMs) / stepMs), fromMs, stepMs, toMs],
      BigInt(`0x${cellAt(51.5, -0.12)}`).toString(),
    ],
  );
  await database.query(
    `insert into feeds (agency, feed, stored, last_received_at, last_occurred_at, finest_precision)
     values ('police', 'past', 1, now(), now(), 1) on conflict do nothing`,
  );
}
