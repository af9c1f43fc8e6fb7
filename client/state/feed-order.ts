/** Feeds in the order of the trouble they are in: a silent one comes first. */
import type { FeedCondition, FeedState } from '../../shared/feed.ts';

const ORDER: Record<FeedCondition, number> = { silent: 0, late: 1, live: 2 };

export function byTrouble(feeds: Iterable<FeedState>): FeedState[] {
  return [...feeds].sort(
    (a, b) =>
      ORDER[a.condition] - ORDER[b.condition] ||
      `${a.agency}/${a.feed}`.localeCompare(`${b.agency}/${b.feed}`, 'en'),
  );
}
