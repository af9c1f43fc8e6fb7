/** What a screen was told from a moment of the past on, in chunks. */
import type { ReplayChunk, ReplayFrame } from '../../shared/replay.ts';
import { formatInstant, type TimeZone } from '../../shared/time.ts';
import { deltaOf, type View } from '../gateway/frames.ts';
import type { Database } from '../store/database.ts';
import { selectNextRun, type Keyframe } from '../store/replay-keyframe-store.ts';
import { selectAnnounced, type AnnouncedRow, type Stretch } from '../store/told-store.ts';
import { stretchAfter } from './locate.ts';
import { Merging } from './merging.ts';
import { repeatsAmong } from './repeats.ts';

type Asked = Pick<Database, 'query'>;

/** Messages read at a time. */
const PAGE = 250;
/** A chunk ends once it has so much. */
const MOST_CHARACTERS = 1_000_000;

export interface ToldQuestion {
  keyframe: Keyframe;
  afterSeq: number;
  afterStampMs: number;
  /** Nothing that was said later; Infinity for all. */
  toMs: number;
  mergeMs: number;
  /** Frames in one chunk. */
  limit: number;
}

export async function readTold(
  database: Asked,
  question: ToldQuestion,
  view: View,
  timeZone: TimeZone,
): Promise<ReplayChunk> {
  const { keyframe, toMs, limit } = question;
  const { epoch } = keyframe;
  const stretch = await stretchAfter(database, keyframe);
  const frames: ReplayFrame[] = [];
  if (stretch === undefined) return { epoch, frames, upTo: null, next: await nextRun(database, question) };
  const merging = new Merging(question.mergeMs);
  let characters = 0;
  const show = (rows: readonly AnnouncedRow[]): void => {
    for (const { seq, stampMs, announcement } of rows) {
      if (announcement === null) continue;
      const delta = deltaOf(seq, announcement, view, timeZone);
      if (delta === undefined) continue;
      frames.push({ stamp: formatInstant(stampMs), delta });
      characters += JSON.stringify(delta).length;
    }
  };
  let at = { seq: question.afterSeq, stampMs: question.afterStampMs };
  let isAll = false;
  while (!isAll && characters < MOST_CHARACTERS && frames.length < limit) {
    const rest: Stretch = { ...stretch, afterSeq: at.seq, afterStampMs: at.stampMs };
    const rows = await selectAnnounced(database, rest, { ...view, toMs: Math.min(toMs, LATEST_MS) }, PAGE);
    isAll = rows.length < PAGE;
    const repeats = await repeatsAmong(database, keyframe, rows, timeZone);
    for (const row of rows) {
      if (characters >= MOST_CHARACTERS || frames.length >= limit) {
        isAll = false;
        break;
      }
      show(merging.add({ ...row, announcement: repeats.has(row.seq) ? null : row.announcement }));
      at = row;
    }
  }
  show(merging.rest());
  const next = isAll ? await nextRun(database, question) : { epoch, afterSeq: at.seq, anew: false };
  return { epoch, frames, upTo: { epoch, seq: at.seq, stamp: formatInstant(at.stampMs) }, next };
}

/** What a database has as its latest time. */
const LATEST_MS = 8_640_000_000_000_000;

async function nextRun(database: Asked, { keyframe, toMs }: ToldQuestion): Promise<ReplayChunk['next']> {
  const next = await selectNextRun(database, keyframe.run);
  if (next === undefined || next.stampMs > toMs) return null;
  return { epoch: next.epoch, afterSeq: next.seq, anew: true };
}
