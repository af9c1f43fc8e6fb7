/** Announces what the outbox holds, oldest first. */
import { deleteOutbox, selectOutbox } from '../store/outbox-store.ts';
import type { Database } from '../store/database.ts';
import type { LiveStream } from './live-stream.ts';

/** Returns how many were announced. A crash between the two steps repeats an announcement, under the same identity. */
export async function drainOutbox(database: Database, live: LiveStream): Promise<number> {
  const entries = await selectOutbox(database);
  for (const { id, announcement } of entries) await live.announce(announcement, `outbox:${id}`);
  if (entries.length > 0)
    await deleteOutbox(
      database,
      entries.map(({ id }) => id),
    );
  return entries.length;
}
