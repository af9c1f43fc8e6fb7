/** How a feed fares at a moment, by its own rhythm: also where nobody announces any more that it has fallen silent. */
import { OVERDUE_TIMES, SILENT_TIMES, type FeedCondition, type FeedState } from '../../shared/feed.ts';
import { parseInstant } from '../../shared/time.ts';

/** `overdue`: it should have spoken again, twice over; the others as the server judges them. */
export type FeedHealth = FeedCondition | 'overdue';

export interface HealthReading {
  health: FeedHealth;
  /** Since its last message, in the feed's time. */
  ageMs: number;
}

/** Never better than the server said. */
export function feedHealth(feed: FeedState, nowMs: number): HealthReading {
  const ageMs = Math.max(0, nowMs - (parseInstant(feed.lastReceivedAt) ?? nowMs));
  const { expectedSeconds } = feed;
  const times = expectedSeconds === undefined ? 0 : ageMs / (expectedSeconds * 1_000);
  if (feed.condition === 'silent' || times > SILENT_TIMES) return { health: 'silent', ageMs };
  return { health: feed.condition === 'live' && times > OVERDUE_TIMES ? 'overdue' : feed.condition, ageMs };
}
