/** Plays a recording into the running demo, and gives the account once all of it is stored. */
import { basename, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatInstant, TimeZone } from '../../shared/time.ts';
import type { Config } from '../config.ts';
import { playRecording } from '../feeds/recordings/play-recording.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import type { RunningServer } from '../serve.ts';
import { newestReceivedMs, selectFeeds } from '../store/feed-store.ts';
import type { Database } from '../store/database.ts';
import { ProgressBar } from './progress-bar.ts';

export interface RecordingStream {
  config: Config;
  server: RunningServer;
  signal: AbortSignal;
  report: (line: string) => void;
  file: string;
  speed: number;
  map: string | undefined;
  rejectedFolder: string;
}

/** Resolves when every message is accounted for, or the signal is aborted. */
export async function streamRecording(options: RecordingStream): Promise<void> {
  const { config, server, signal, report, file, speed, map, rejectedFolder } = options;
  const { database, connection } = server.services;
  const before = await totals(database);
  const bar = new ProgressBar();
  const resumeAtMs = await newestReceivedMs(database);
  if (resumeAtMs !== undefined)
    report(`Going on from ${formatInstant(resumeAtMs)}, where an earlier run stopped.`);
  const account = await playRecording({
    connection,
    signal,
    speed,
    files: [file],
    timeZone: new TimeZone(config.timeZone),
    rejectedFolder,
    ...(map !== undefined && { map: await readRecordingMap(resolve(map)) }),
    ...(resumeAtMs !== undefined && { resumeAtMs }),
    onRead: (rows) => {
      bar.show(0, `${rows} rows read`);
    },
    onProgress: ({ published, total, atMs, waitingFor }) => {
      const waiting = waitingFor === undefined ? '' : `, waiting: ${waitingFor}`;
      bar.show(
        published / Math.max(1, total),
        `${formatInstant(atMs).slice(0, 16)} ${published} of ${total}${waiting}`,
      );
    },
  });
  bar.clear();
  for (;;) {
    const now = await totals(database);
    const done = sum(now) - sum(before);
    if (done >= account.published) {
      const rejected = account.rejected + now.rejected - before.rejected;
      const stored = now.stored - before.stored;
      const duplicates = now.duplicates - before.duplicates;
      report(
        `${basename(file)} is played: ${account.read} read = ${stored} stored + ${duplicates} duplicates + ${rejected} rejected`,
      );
      return;
    }
    await delay(200, undefined, { signal });
  }
}

interface Totals {
  stored: number;
  duplicates: number;
  rejected: number;
}

function sum({ stored, duplicates, rejected }: Totals): number {
  return stored + duplicates + rejected;
}

async function totals(database: Database): Promise<Totals> {
  const total = { stored: 0, duplicates: 0, rejected: 0 };
  for (const feed of await selectFeeds(database)) {
    total.stored += feed.stored;
    total.duplicates += feed.duplicates;
    total.rejected += feed.rejected;
  }
  return total;
}
