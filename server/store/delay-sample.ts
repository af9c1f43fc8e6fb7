/** A sample of how long incidents took to be known: some of each day, so that it costs the same in any city. */
import type { Agency, Category, Marker } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { DELAY_EDGES_HOURS } from '../../shared/reporting-delay.ts';
import type { Database } from './database.ts';

export interface SampledDelays {
  force: Force;
  agency: Agency;
  feed: string;
  category: Category;
  markers: Marker[];
  delayBin: number;
  agePassed: number;
  incidents: number;
}

const DAYS = 45;
const PER_DAY = 2_000;

/**
 * First revisions whose time is known to the hour, of what happened after its feed was first heard: what a feed tells
 * of the time before says nothing of its delays. `now` is an instant as ISO text.
 */
export async function sampleDelays(database: Database, now: string): Promise<SampledDelays[]> {
  const { rows } = await database.query<SampledDelays>(
    `with days as (
       select $1::timestamptz - (day || ' days')::interval as day_end from generate_series(0, $2::int - 1) as day
     ), sampled as (
       select sample.* from days cross join lateral (
         select force, agency, feed, category, markers, occurred_at, received_at
         from incidents
         where occurred_at > day_end - interval '1 day' and occurred_at <= day_end
           and revision = 1 and time_precision in ('minute', 'hour') and discovery = 'reported'
         order by occurred_at desc limit $3
       ) as sample
     ), heard as (
       select agency, feed, min(received_at) as since from sampled group by agency, feed
     )
     select force, agency, feed, category, markers,
       width_bucket(extract(epoch from received_at - occurred_at)::float8 / 3600, $4::float8[]) as "delayBin",
       width_bucket(extract(epoch from $1::timestamptz - occurred_at)::float8 / 3600, $4::float8[]) as "agePassed",
       count(*)::int as incidents
     from sampled join heard using (agency, feed)
     where occurred_at >= since and received_at <= $1
     group by 1, 2, 3, 4, 5, 6, 7`,
    [now, DAYS, PER_DAY, [...DELAY_EDGES_HOURS]],
  );
  return rows;
}
