/** Whether it is known that no more happens somewhere, or only that no more is told. */
import type { Cell } from '../../shared/cell.ts';
import { DAY_MS } from '../../shared/time.ts';
import type { ClockReading } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { selectFeedsTelling } from '../store/cluster-incidents.ts';
import type { Database } from '../store/database.ts';
import { selectFeeds } from '../store/feed-store.ts';

/** A feed that told of a place within so long is one that would tell of it. */
const TOLD_WITHIN_MS = 7 * DAY_MS;

/** Whether a feed is silent that tells of one of the cells. */
export async function isUntold(
  database: Pick<Database, 'query'>,
  cells: readonly Cell[],
  reading: ClockReading,
): Promise<boolean> {
  const telling = await selectFeedsTelling(database, { cells, sinceMs: reading.nowMs - TOLD_WITHIN_MS });
  const accounts = await selectFeeds(database);
  return accounts.some(
    (account) =>
      telling.some(({ agency, feed }) => agency === account.agency && feed === account.feed) &&
      feedStateOf(account, reading).condition === 'silent',
  );
}
