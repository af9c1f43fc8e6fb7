/** Which feeds have told of which force, and where in it. */
import type { Agency } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

export interface FeedForce {
  agency: Agency;
  feed: string;
  force: Force;
  /** One of the cells of the coarse cell that it is about. */
  cell: Cell;
  /** Of the newest happening that the feed told of there. */
  occurredAt: Date;
  /** How many it told of there. */
  incidents: number;
}

/** An H3 index without its digits finer than `COARSE_RESOLUTION`: three bits each, the finest lowest. */
const COARSE_PART = 'cell >> 24';

/** One row for each coarse cell, from what happened since `fromMs`. Cost: one pass over these incidents, a second for two million. */
export async function selectFeedForces(
  database: Pick<Database, 'query'>,
  fromMs: number,
): Promise<FeedForce[]> {
  const { rows } = await database.query<Omit<FeedForce, 'occurredAt'> & { occurred_at: Date }>(
    `select agency, feed, force, max(cell)::text as cell, max(occurred_at) as occurred_at, count(*)::integer as incidents
     from incidents where occurred_at >= $1 group by agency, feed, force, ${COARSE_PART}`,
    [new Date(fromMs)],
  );
  return rows.map(({ occurred_at, cell, ...row }) => ({
    ...row,
    cell: BigInt(cell).toString(16),
    occurredAt: occurred_at,
  }));
}
