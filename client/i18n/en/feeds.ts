/** The feeds and whether they still speak, in English. */
import type { FeedCondition } from '../../../shared/feed.ts';
import type { FeedHealth } from '../../state/feed-health.ts';

const condition: Record<FeedCondition, string> = { live: 'live', late: 'late', silent: 'SILENT' };

const health: Record<FeedHealth, string> = { ...condition, overdue: 'overdue' };

export const feeds = {
  condition,
  health,
  feeds: 'Feeds',
  noFeeds: 'No feed has ever sent anything.',
  feedAge: (health: FeedHealth, age: string) => (health === 'silent' ? `for ${age}` : `${age} ago`),
  /** The longest that it should take it to speak again. */
  expectedEvery: (interval: string) => `due every ${interval}`,
  stored: (count: string) => `${count} stored`,
  rejected: (count: string) => `${count} rejected`,
  duplicates: (count: string) => `${count} repeated`,
  lastRejection: (path: string, reason: string) => (path === '' ? reason : `${path}: ${reason}`),
  otherFeeds: (count: number, worst: FeedCondition) =>
    `+ ${count} more, ${worst === 'live' ? 'all live' : `some ${worst}`}`,
  silent: (feeds: string) => `No word from ${feeds}`,
  silentMeans: 'Quiet here does not mean quiet streets.',
};
