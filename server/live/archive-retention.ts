/** Keeps the archive within its days, a portion at a time, so that nobody waits for it. */
import type { Database } from '../store/database.ts';
import {
  ARCHIVE_DAYS,
  deleteExpired,
  deleteMarks,
  markArchive,
  mustDeleteArchived,
  selectExpired,
} from '../store/archive-retention-store.ts';

/** Deletes what has been in the archive for longer than is kept; returns how many messages. */
export async function expireArchive(
  database: Database,
  signal: AbortSignal,
  days = ARCHIVE_DAYS,
): Promise<number> {
  if (!(await mustDeleteArchived(database))) return 0;
  await markArchive(database);
  let deleted = 0;
  for (const expired of await selectExpired(database, days)) {
    for (let portion = -1; portion !== 0;) {
      if (signal.aborted) return deleted;
      portion = await deleteExpired(database, expired);
      deleted += portion;
    }
    await deleteMarks(database, expired);
  }
  return deleted;
}
