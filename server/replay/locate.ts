/** Finds where a moment lies: the picture before it, and the last that was said by then. */
import type { ReplayDetail } from '../../shared/replay.ts';
import type { Database } from '../store/database.ts';
import {
  selectKeyframeAfter,
  selectKeyframeAt,
  selectKeyframeBySeq,
  selectNextRun,
  type Keyframe,
} from '../store/replay-keyframe-store.ts';
import { selectTallied } from '../store/replay-tally-store.ts';
import { selectFrom, selectLastBy, selectUpTo } from '../store/told-store.ts';

type Asked = Pick<Database, 'query'>;

/** A moment of the kept past. */
export interface PastMoment {
  keyframe: Keyframe;
  /** The last message that counts. */
  seq: number;
  stampMs: number;
  /** Until when it is looked at. */
  atMs: number;
  detail: ReplayDetail;
  nextStampMs: number | null;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** `undefined` before the kept past begins. */
export async function locateTime(database: Asked, atMs: number): Promise<PastMoment | undefined> {
  const keyframe = await selectKeyframeAt(database, atMs);
  if (keyframe === undefined) return undefined;
  const stretch = await stretchAfter(database, keyframe);
  const last = stretch && (await selectLastBy(database, stretch, atMs));
  return momentOf(database, { keyframe, atMs, last, isFull: stretch !== undefined });
}

/** `undefined` where nothing is kept of that place. */
export async function locateSeq(
  database: Asked,
  epoch: string,
  seq: number,
): Promise<PastMoment | undefined> {
  const keyframe = await selectKeyframeBySeq(database, epoch, seq);
  if (keyframe === undefined) return undefined;
  const stretch = await stretchAfter(database, keyframe);
  const upTo = stretch && (await selectUpTo(database, epoch, Math.min(seq, stretch.upToSeq)));
  const last = upTo !== undefined && upTo.seq > keyframe.seq ? upTo : undefined;
  const atMs = Math.max(last?.stampMs ?? keyframe.stampMs, keyframe.stampMs);
  return momentOf(database, { keyframe, atMs, last, isFull: stretch !== undefined });
}

/** Where the run of a picture ends in the archive; `undefined` where the archive no longer has what follows the picture. */
export async function stretchAfter(
  database: Asked,
  keyframe: Keyframe,
): Promise<{ epoch: string; afterSeq: number; afterStampMs: number; upToSeq: number } | undefined> {
  const { epoch, seq, stampMs } = keyframe;
  const upToSeq = await runEnd(database, keyframe);
  const first = await selectFrom(database, epoch, seq + 1);
  if (first !== undefined && first.seq > seq + 1 && first.seq <= upToSeq) return undefined;
  return { epoch, afterSeq: seq, afterStampMs: stampMs, upToSeq };
}

/** Where another run goes on in the same epoch, the archive has a hole between them. */
export async function runEnd(database: Asked, { run, epoch, seq }: Keyframe): Promise<number> {
  const next = await selectNextRun(database, run);
  return next?.epoch === epoch ? ((await selectTallied(database, run, seq))?.toSeq ?? seq) : ALL;
}

async function momentOf(
  database: Asked,
  {
    keyframe,
    atMs,
    last,
    isFull,
  }: Pick<PastMoment, 'keyframe' | 'atMs'> & {
    last: { seq: number; stampMs: number } | undefined;
    isFull: boolean;
  },
): Promise<PastMoment> {
  const { seq, stampMs } = last ?? keyframe;
  const next = isFull
    ? await selectFrom(database, keyframe.epoch, seq + 1)
    : await selectKeyframeAfter(database, keyframe);
  const detail = isFull ? 'full' : 'hourly';
  return {
    ...{ keyframe, seq, atMs, detail },
    stampMs: Math.max(stampMs, keyframe.stampMs),
    nextStampMs: (next ?? (await selectNextRun(database, keyframe.run)))?.stampMs ?? null,
  };
}
