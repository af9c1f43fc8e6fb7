/** A feed's tile says how late it is by the feed's own rhythm, whatever was announced last. */
import { expect, it } from 'vitest';
import { feedHealth } from '../../../client/state/feed-health.ts';
import type { FeedState } from '../../../shared/feed.ts';
import { formatInstant } from '../../../shared/time.ts';

const NOW = Date.parse('2026-03-01T21:42:00Z');
const feed = (agoSeconds: number, change: Partial<FeedState> = {}): FeedState => ({
  ...{ agency: 'police', feed: 'cad', condition: 'live', lastOccurredAt: null, finestPrecision: 'minute' },
  ...{ stored: 1, duplicates: 0, rejected: 0, lastRejection: null, expectedSeconds: 40 },
  lastReceivedAt: formatInstant(NOW - agoSeconds * 1_000),
  ...change,
});

it.each<[number, Partial<FeedState>, string]>([
  [79, {}, 'live'],
  [81, {}, 'overdue'],
  [199, {}, 'overdue'],
  [201, {}, 'silent'],
  [1, { condition: 'silent' }, 'silent'],
  [81, { condition: 'late' }, 'late'],
  [201, { condition: 'late' }, 'silent'],
])('after %i s of 40 expected, announced as %j: %s', (agoSeconds, change, health) => {
  expect(feedHealth(feed(agoSeconds, change), NOW)).toEqual({ health, ageMs: agoSeconds * 1_000 });
});

it('goes by what was announced where the server does not say what it expects', () => {
  const { expectedSeconds: _none, ...older } = feed(9_000);
  expect(feedHealth(older, NOW).health).toBe('live');
});

it('is no age before its time, should the clocks differ by some seconds', () => {
  expect(feedHealth(feed(-3), NOW)).toEqual({ health: 'live', ageMs: 0 });
});
