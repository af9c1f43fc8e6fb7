/** Which feeds have told of which force. */
import type { Agency } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

export interface FeedForce {
  agency: Agency;
  feed: string;
  force: Force;
  /** Of the newest happening that the feed told of. */
  occurredAt: Date;
}

/** From what happened since `fromMs`. Cost: one pass over these incidents, a second for two million. */
export async function selectFeedForces(
  database: Pick<Database, 'query'>,
  fromMs: number,
): Promise<FeedForce[]> {
  const { rows } = await database.query<Omit<FeedForce, 'occurredAt'> & { occurred_at: Date }>(
    `select agency, feed, force, max(occurred_at) as occurred_at
     from incidents where occurred_at >= $1 group by agency, feed, force`,
    [new Date(fromMs)],
  );
  return rows.map(({ occurred_at, ...row }) => ({ ...row, occurredAt: occurred_at }));
}
