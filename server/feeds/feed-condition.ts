/** Whether a feed still speaks: judged by its own rhythm, since silence is not safety. */
import { SILENT_TIMES, type FeedCondition, type FeedState } from '../../shared/feed.ts';
import type { TimePrecision } from '../../shared/incident.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { ClockReading } from '../clock.ts';
import type { FeedAccount } from '../store/feed-store.ts';

/** The next word is expected within so many mean gaps: of messages that come by chance 98 in 100 do. */
const EXPECTED_GAPS = 4;
const SHORTEST_EXPECTED_MS = MINUTE_MS / SILENT_TIMES;
/** However fast the clock, so long must pass for those who watch. */
const SHORTEST_REAL_EXPECTED_MS = 10_000 / SILENT_TIMES;
/** A feed without a rhythm yet is given a quarter of an hour. */
const UNKNOWN_RHYTHM_EXPECTED_MS = (15 * MINUTE_MS) / SILENT_TIMES;
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
    expectedSeconds: Math.round(expectedMs(account, now) / 1_000),
    lastOccurredAt: account.lastOccurredAt?.toISOString() ?? null,
    finestPrecision: account.finestPrecision,
    stored: account.stored,
    duplicates: account.duplicates,
    rejected: account.rejected,
    lastRejection: account.lastRejection,
  };
}

/** Within which it is to speak again. */
function expectedMs({ meanGapSeconds, finestPrecision }: FeedAccount, { speed }: ClockReading): number {
  const rhythmMs =
    meanGapSeconds === null
      ? UNKNOWN_RHYTHM_EXPECTED_MS
      : Math.max(
          SHORTEST_EXPECTED_MS,
          EXPECTED_GAPS * meanGapSeconds * 1_000,
          SHORTEST_REAL_EXPECTED_MS * speed,
        );
  const spanMs = SPAN_MS[finestPrecision ?? 'minute'];
  return Math.max(rhythmMs, spanMs < DAY_MS ? 0 : spanMs);
}

function conditionOf(account: FeedAccount, now: ClockReading): FeedCondition {
  const { lastReceivedAt, lastOccurredAt, finestPrecision } = account;
  const spanMs = SPAN_MS[finestPrecision ?? 'minute'];
  const dueMs = expectedMs(account, now);
  const longestGapMs = dueMs === spanMs ? SILENT_SPANS * spanMs : SILENT_TIMES * dueMs;
  if (now.nowMs - lastReceivedAt.getTime() > longestGapMs) return 'silent';
  const isLate =
    lastOccurredAt !== null && lastReceivedAt.getTime() - lastOccurredAt.getTime() > spanMs + LATE_MS;
  return isLate ? 'late' : 'live';
}
