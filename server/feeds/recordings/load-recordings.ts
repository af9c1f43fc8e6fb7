/** Reads recordings whole, so that several files, sorted or not, can be played in one known-at order. */
import { basename } from 'node:path';
import { parseFeedPath, type FeedName } from '../subjects.ts';
import { readRecording, type RecordingOptions } from './read-recording.ts';
import { RecordedMessages } from './recorded-messages.ts';
import { RejectedRows } from './rejected-rows.ts';

export interface LoadOptions extends RecordingOptions {
  files: readonly string[];
  /** Where all goes; by default each row's own feed or publisher, else the file's name. */
  feed?: FeedName;
  rejectedFolder: string;
  signal?: AbortSignal;
  /** Told now and then how many rows were read. */
  onRead?: (rows: number) => void;
}

export interface LoadedRecordings {
  messages: RecordedMessages;
  read: number;
  rejected: number;
  /** Incidents whose native category no map knows; they are `other`. */
  unmapped: number;
}

const TELL_EVERY = 5_000;

/** Throws `RecordingError` where a file can't be read. */
export async function loadRecordings(options: LoadOptions): Promise<LoadedRecordings> {
  const { files, rejectedFolder, signal, onRead } = options;
  const rejectedRows = new RejectedRows(rejectedFolder);
  const loaded = { messages: new RecordedMessages(), read: 0, rejected: 0, unmapped: 0 };
  try {
    for (const file of files) {
      for await (const entry of readRecording(file, options)) {
        if (++loaded.read % TELL_EVERY === 0) {
          signal?.throwIfAborted();
          onRead?.(loaded.read);
        }
        if (entry.kind === 'rejected') {
          loaded.rejected++;
          await rejectedRows.add(file, entry.line, entry.reason);
          continue;
        }
        if (!entry.isMapped) loaded.unmapped++;
        const feed = options.feed ?? feedOf(entry.source === '' ? nameOf(file) : entry.source);
        loaded.messages.add(entry.knownAtMs, feed, entry.incident);
      }
    }
  } finally {
    await rejectedRows.close();
  }
  return loaded;
}

const feeds = new Map<string, FeedName>();

/** `police/cad` names a feed; any other publisher becomes a feed of the police. */
function feedOf(source: string): FeedName {
  const known = feeds.get(source);
  if (known !== undefined) return known;
  const name = source
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  const feed = parseFeedPath(source) ?? { agency: 'police', feed: name === '' ? 'recording' : name };
  if (feeds.size < 1_000) feeds.set(source, feed);
  return feed;
}

function nameOf(file: string): string {
  return basename(file)
    .replace(/\.gz$/, '')
    .replace(/\.[a-z]+$/i, '');
}
