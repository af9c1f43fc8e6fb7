/** Copies LIVE into the database, in order, so that the past can be looked at as it was known. */
import { parseInstant } from '../../shared/time.ts';
import { microBatches } from '../feeds/micro-batches.ts';
import type { Database } from '../store/database.ts';
import { insertArchived, selectArchiveEnd } from '../store/live-archive-store.ts';
import type { LiveMessage, LiveStream } from './live-stream.ts';

export interface ArchiveOptions {
  database: Database;
  live: LiveStream;
  /** Under the feed clock a message is stamped with its own time, which never goes back. */
  clock: 'system' | 'feed';
}

/** Of the largest messages there are, five hundred would be 125 MB: too much to hold, and to hand to the database. */
const LIMITS = {
  maxCount: 500,
  maxWaitMs: 200,
  maxSize: 4_000_000,
  sizeOf: ({ payload }: LiveMessage) => payload.length,
};

/** Runs until the signal is aborted. Two archivists may run at once: what one has written, the other skips. */
export async function archiveLive(
  options: ArchiveOptions,
  signal: AbortSignal,
  working: () => void,
): Promise<void> {
  const { database, live, clock } = options;
  const { epoch, firstSeq } = await live.position();
  const end = await selectArchiveEnd(database, epoch);
  let latestStampMs = end.stampMs;
  const stampOf = (message: LiveMessage): number => {
    if (clock === 'system') return message.streamAtMs;
    const atMs = parseInstant(message.announcement.at) ?? latestStampMs;
    return (latestStampMs = Math.max(latestStampMs, atMs));
  };
  working();
  const failure = new AbortController();
  const untilEither = AbortSignal.any([signal, failure.signal]);
  const messages = live.read({ epoch, afterSeq: Math.max(end.seq, firstSeq - 1), signal: untilEither });
  for await (const batch of microBatches(messages, LIMITS)) {
    const rows = batch.map((message) => ({
      epoch,
      seq: message.seq,
      stampMs: stampOf(message),
      subject: message.subject,
      payload: message.payload,
    }));
    await insertArchived(database, rows).catch((error: unknown) => {
      // Else the failure would be heard of only when LIVE says something again: the reader waits for that.
      failure.abort();
      throw error;
    });
  }
}
