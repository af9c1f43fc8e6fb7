/** Reads recordings whole, so that several files, sorted or not, can be played in one known-at order. */
import { basename } from 'node:path';
import { parseFeedPath, type FeedName } from '../subjects.ts';
import { readRecordings, type RecordingsOptions } from './read-recordings.ts';
import { RecordedMessages } from './recorded-messages.ts';

export interface LoadOptions extends RecordingsOptions {
  /** Where all goes; by default each row's own feed or publisher, else the file's name. */
  feed?: FeedName;
}

export interface LoadedRecordings {
  messages: RecordedMessages;
  read: number;
  rejected: number;
  /** Incidents whose native category no map knows; they are `other`. */
  unmapped: number;
}

/** Throws `RecordingError` where a file can't be read. */
export async function loadRecordings(options: LoadOptions): Promise<LoadedRecordings> {
  const messages = new RecordedMessages();
  let unmapped = 0;
  const account = await readRecordings(options, ({ file, source, incident, knownAtMs, isMapped }) => {
    if (!isMapped) unmapped++;
    messages.add(knownAtMs, options.feed ?? feedOf(source === '' ? nameOf(file) : source), incident);
    return undefined;
  });
  return { messages, ...account, unmapped };
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
