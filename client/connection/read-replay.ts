/** Asks the server what was known at a moment, what was told after it, and how far the kept past goes. */
import { formatInstant } from '../../shared/time.ts';
import type { ReplayChunk, ReplaySpan, ReplayState, Timeline } from '../../shared/replay.ts';
import type { Answer } from '../state/answer.ts';
import type { Subscription } from '../state/picture-counts.ts';
import type { ReplaySource, ReplayStretch, ReplayWhere } from '../state/replay-source.ts';
import { askServer } from './ask-server.ts';

/** Nobody ends a question that a replay waits for; `askServer` gives up by itself. */
const { signal } = new AbortController();

export const replaySource: ReplaySource = {
  state: (where, of) => askServer<ReplayState>(`/api/state?${whereQuery(where)}&${ofQuery(of)}`, signal),
  announced: (stretch, of) =>
    askServer<ReplayChunk>(`/api/live?${stretchQuery(stretch)}&${ofQuery(of)}`, signal),
};

export function readSpan(of: Subscription): Promise<Answer<ReplaySpan>> {
  return askServer(`/api/replay/span?${ofQuery(of)}`, signal);
}

/** @param between epoch milliseconds; @param bins into how many parts it is counted */
export function readTimeline(
  of: Subscription,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  bins: number,
): Promise<Answer<Timeline>> {
  const [from, to] = [formatInstant(Math.round(fromMs)), formatInstant(Math.round(toMs))];
  return askServer(`/api/replay/timeline?${query({ from, to, bins })}&${ofQuery(of)}`, signal);
}

function whereQuery(where: ReplayWhere): string {
  return 'atMs' in where ? query({ at: formatInstant(Math.round(where.atMs)) }) : query(where);
}

function stretchQuery(stretch: ReplayStretch): string {
  if ('fromMs' in stretch)
    return query({
      from: formatInstant(Math.round(stretch.fromMs)),
      to: formatInstant(Math.round(stretch.toMs)),
    });
  const { after, toMs, mergeSeconds } = stretch;
  return query({
    ...{ epoch: after.epoch, afterSeq: after.seq },
    to: toMs === null ? null : formatInstant(Math.round(toMs)),
    merge: mergeSeconds === 0 ? null : mergeSeconds,
  });
}

function ofQuery({ theme, horizonHours, force }: Subscription): string {
  return query({ theme, horizonHours, force });
}

/** What is null is not asked for. */
function query(asked: Record<string, string | number | null>): string {
  const given = Object.entries(asked).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)] as [string, string]],
  );
  return new URLSearchParams(given).toString();
}
