/** Reads several recordings row by row, keeping what is rejected with its line and reason, and counting all. */
import { readRecording, type RecordingEntry, type RecordingOptions } from './read-recording.ts';
import { RejectedRows } from './rejected-rows.ts';

export interface RecordingsOptions extends RecordingOptions {
  files: readonly string[];
  rejectedFolder: string;
  signal?: AbortSignal;
  /** Told now and then how many rows were read. */
  onRead?: (rows: number) => void;
}

type RecordedEntry = Extract<RecordingEntry, { kind: 'incident' }>;

const TELL_EVERY = 5_000;

/**
 * Gives each incident to `take`, which returns why it is refused, if it is; what is no incident is rejected without
 * asking. Throws `RecordingError` where a file can't be read, or the signal's reason once aborted.
 */
export async function readRecordings(
  options: RecordingsOptions,
  take: (entry: RecordedEntry) => string | undefined,
): Promise<{ read: number; rejected: number }> {
  const { files, rejectedFolder, signal, onRead } = options;
  const rejectedRows = new RejectedRows(rejectedFolder);
  const account = { read: 0, rejected: 0 };
  try {
    for (const file of files) {
      for await (const entry of readRecording(file, options)) {
        if (++account.read % TELL_EVERY === 0) {
          signal?.throwIfAborted();
          onRead?.(account.read);
        }
        const reason = entry.kind === 'rejected' ? entry.reason : take(entry);
        if (reason === undefined) continue;
        account.rejected++;
        await rejectedRows.add(file, entry.line, reason);
      }
    }
  } finally {
    await rejectedRows.close();
  }
  return account;
}
