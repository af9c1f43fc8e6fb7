/** The feeds and whether they still speak, in English. */
import type { FeedCondition } from '../../../shared/feed.ts';

const condition: Record<FeedCondition, string> = { live: 'live', late: 'late', silent: 'SILENT' };

export const feeds = {
  condition,
  feeds: 'Feeds',
  noFeeds: 'No feed has ever sent anything.',
  feedAge: (condition: FeedCondition, age: string) => (condition === 'silent' ? `for ${age}` : `${age} ago`),
  stored: (count: string) => `${count} stored`,
  rejected: (count: string) => `${count} rejected`,
  duplicates: (count: string) => `${count} repeated`,
  lastRejection: (path: string, reason: string) => (path === '' ? reason : `${path}: ${reason}`),
  otherFeeds: (count: number, worst: FeedCondition) =>
    `+ ${count} more, ${worst === 'live' ? 'all live' : `some ${worst}`}`,
  silent: (feeds: string) => `No word from ${feeds}`,
  silentMeans: 'Quiet here does not mean quiet streets.',
};
