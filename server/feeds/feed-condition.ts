/** Whether a feed still speaks: judged by its own rhythm, since silence is not safety. */
import type { FeedCondition, FeedState } from '../../shared/feed.ts';
import type { TimePrecision } from '../../shared/incident.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { ClockReading } from '../clock.ts';
import type { FeedAccount } from '../store/feed-store.ts';

/** So many times its mean gap without a word, and at least a minute, make a feed silent. */
const SILENT_GAPS = 20;
const SHORTEST_SILENCE_MS = MINUTE_MS;
/** However fast the clock, so long must pass for those who watch. */
const SHORTEST_REAL_SILENCE_MS = 10_000;
/** A feed without a rhythm yet is given a quarter of an hour. */
const UNKNOWN_RHYTHM_SILENCE_MS = 15 * MINUTE_MS;
/** The newest happening that a speaking feed tells of has been over for longer than this: it is late. */
const LATE_MS = HOUR_MS;
/** How long the span lasts that a time of this precision names. */
const SPAN_MS: Record<TimePrecision, number> = { minute: 0, hour: HOUR_MS, day: DAY_MS, month: 31 * DAY_MS };
/** A feed that knows no finer time than days or months tells by those: so many of them without a word are a silence. */
const SILENT_SPANS = 1.5;

/** `now` is the clock's time and speed: a recording in haste steps over hours between two messages. */
export function feedStateOf(account: FeedAccount, now: ClockReading): FeedState {
  return {
    agency: account.agency,
    feed: account.feed,
    condition: conditionOf(account, now),
    lastReceivedAt: account.lastReceivedAt.toISOString(),
    lastOccurredAt: account.lastOccurredAt?.toISOString() ?? null,
    finestPrecision: account.finestPrecision,
    stored: account.stored,
    duplicates: account.duplicates,
    rejected: account.rejected,
    lastRejection: account.lastRejection,
  };
}

function conditionOf(
  { lastReceivedAt, lastOccurredAt, meanGapSeconds, finestPrecision }: FeedAccount,
  { nowMs, speed }: ClockReading,
): FeedCondition {
  const spanMs = SPAN_MS[finestPrecision ?? 'minute'];
  const rhythmMs =
    meanGapSeconds === null
      ? UNKNOWN_RHYTHM_SILENCE_MS
      : Math.max(SHORTEST_SILENCE_MS, SILENT_GAPS * meanGapSeconds * 1_000, SHORTEST_REAL_SILENCE_MS * speed);
  const longestGapMs = Math.max(rhythmMs, spanMs < DAY_MS ? 0 : SILENT_SPANS * spanMs);
  if (nowMs - lastReceivedAt.getTime() > longestGapMs) return 'silent';
  const isLate =
    lastOccurredAt !== null && lastReceivedAt.getTime() - lastOccurredAt.getTime() > spanMs + LATE_MS;
  return isLate ? 'late' : 'live';
}
