/** Lets replay's detail end where the archive's does: from there back a picture an hour stays, and one day none. */
import type { Database } from '../store/database.ts';
import {
  deleteEmptyRuns,
  deleteOldKeyframes,
  deleteTalliesBefore,
  selectRunStarts,
  thinKeyframes,
} from '../store/replay-keyframe-store.ts';
import { selectFrom } from '../store/told-store.ts';

/** `days`: so long pictures are kept, by when they were. */
export async function expireReplay(database: Database, days: number): Promise<void> {
  for (const { run, epoch, fromSeq } of await selectRunStarts(database)) {
    // Where nothing is left of its epoch, nothing was said in it since, or all of that is gone.
    const first = (await selectFrom(database, epoch, fromSeq + 1))?.seq ?? Number.MAX_SAFE_INTEGER;
    await deleteTalliesBefore(database, run, first);
    await thinKeyframes(database, run, first);
  }
  await deleteOldKeyframes(database, days);
  await deleteEmptyRuns(database);
}
