/** How each feed's condition went: when it fell silent, and when it spoke again. */
import type { Agency } from '../../shared/category.ts';
import type { FeedCondition } from '../../shared/feed.ts';
import type { FeedOutage } from '../../shared/forecast-outcome.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database } from './database.ts';

export interface NotedCondition {
  agency: Agency;
  feed: string;
  condition: FeedCondition;
  /** Silent since its last word, or of this condition since its latest. */
  since: string;
  notedAt: string;
}

/** Does nothing where that was its condition already: any number of processes may note the same. */
export async function noteCondition(
  database: Pick<Database, 'query'>,
  { agency, feed, condition, since, notedAt }: NotedCondition,
): Promise<void> {
  await database.query(
    `insert into feed_conditions (agency, feed, noted_at, since, condition)
     select $1, $2, $3, $4, $5
     where $5 is distinct from (
       select condition from feed_conditions where agency = $1 and feed = $2 order by noted_at desc limit 1
     )
     on conflict do nothing`,
    [agency, feed, notedAt, since, condition],
  );
}

/** Those that touch the span, in order. */
export async function selectOutages(
  database: Pick<Database, 'query'>,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<FeedOutage[]> {
  const { rows } = await database.query<{ agency: Agency; feed: string; since: Date; until: Date | null }>(
    `select s.agency, s.feed, s.since, next.since as until
     from feed_conditions s left join lateral (
       select n.since from feed_conditions n
       where n.agency = s.agency and n.feed = s.feed and n.noted_at > s.noted_at order by n.noted_at limit 1
     ) next on true
     where s.condition = 'silent' and s.since < $2 and (next.since is null or next.since > $1)
     order by s.since, s.agency, s.feed`,
    [new Date(fromMs), new Date(toMs)],
  );
  return rows.map(({ agency, feed, since, until }) => ({
    ...{ agency, feed, from: formatInstant(since.getTime()) },
    to: until === null ? null : formatInstant(until.getTime()),
  }));
}
