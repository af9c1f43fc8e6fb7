/** How far the kept past goes, and from when on each announcement of it is kept. */
import type { ReplaySpan } from '../../shared/replay.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database } from '../store/database.ts';
import { selectFirstFull, selectRunStarts, type Keyframe } from '../store/replay-keyframe-store.ts';
import { selectTallied } from '../store/replay-tally-store.ts';
import { selectFrom, selectUpTo } from '../store/told-store.ts';

type Asked = Pick<Database, 'query'>;

/** A run, and when the last of it was said. */
export interface KeptRun {
  start: Keyframe;
  toMs: number;
}

export async function keptRuns(database: Asked): Promise<KeptRun[]> {
  const starts = await selectRunStarts(database);
  const runs: KeptRun[] = [];
  for (const [index, start] of starts.entries()) {
    const isLastOfEpoch = !starts.slice(index + 1).some(({ epoch }) => epoch === start.epoch);
    const end = isLastOfEpoch
      ? (await selectUpTo(database, start.epoch, Number.MAX_SAFE_INTEGER))?.stampMs
      : (await selectTallied(database, start.run, start.seq))?.toStampMs;
    runs.push({ start, toMs: Math.max(end ?? start.stampMs, start.stampMs) });
  }
  return runs;
}

export async function replaySpan(database: Asked): Promise<ReplaySpan> {
  const runs = await keptRuns(database);
  const epochs = runs.map(({ start: { epoch, seq, stampMs }, toMs }) => ({
    ...{ epoch, from: formatInstant(stampMs), to: formatInstant(toMs), afterSeq: seq },
  }));
  const fullFromMs = await fullFrom(database, runs);
  return {
    from: runs[0] === undefined ? null : formatInstant(Math.min(...runs.map(({ start }) => start.stampMs))),
    to: runs.length === 0 ? null : formatInstant(Math.max(...runs.map(({ toMs }) => toMs))),
    fullFrom: fullFromMs === undefined ? null : formatInstant(fullFromMs),
    epochs,
  };
}

async function fullFrom(database: Asked, runs: readonly KeptRun[]): Promise<number | undefined> {
  for (const { start } of runs) {
    const first = await selectFrom(database, start.epoch, start.seq + 1);
    const full = await selectFirstFull(database, start.run, first?.seq ?? 0);
    if (full !== undefined) return full.stampMs;
  }
  return undefined;
}
