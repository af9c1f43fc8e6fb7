/** Up to when feeds have told what happened: hours that nobody has told of yet have no incidents to count, not none. */
import type { FeedState } from '../../shared/feed.ts';
import { parseInstant } from '../../shared/time.ts';

/**
 * `now`: a feed speaks of the present, or none is known to say otherwise; `nothing`: no feed has told of anything;
 * `arriving`: those that speak are still at what happened hours ago; `silent`: none speaks any more.
 */
export type Told = { kind: 'now' | 'nothing' } | { kind: 'arriving' | 'silent'; untilMs: number };

/** Feeds that know no finer time than a day or month tell of no hour, and say nothing about any. */
export function toldUntil(feeds: readonly FeedState[]): Told {
  const telling = feeds.filter(
    ({ lastOccurredAt, finestPrecision }) =>
      lastOccurredAt !== null && finestPrecision !== 'day' && finestPrecision !== 'month',
  );
  if (telling.length === 0) return { kind: feeds.length > 0 ? 'now' : 'nothing' };
  if (telling.some(({ condition }) => condition === 'live')) return { kind: 'now' };
  const late = telling.filter(({ condition }) => condition === 'late');
  if (late.length > 0)
    return { kind: 'arriving', untilMs: newest(late.map(({ lastOccurredAt }) => lastOccurredAt)) };
  return { kind: 'silent', untilMs: newest(telling.map(({ lastReceivedAt }) => lastReceivedAt)) };
}

/** Whether any of what has happened since then can have been told by now. */
export function tellsSince(told: Told, sinceMs: number): boolean {
  return told.kind === 'now' || ('untilMs' in told && told.untilMs > sinceMs);
}

function newest(instants: readonly (string | null)[]): number {
  return Math.max(...instants.map((instant) => parseInstant(instant ?? '') ?? -Infinity));
}
