/** A feed is judged by its own rhythm: silence is not safety. */
import { describe, expect, it } from 'vitest';
import { feedStateOf } from '../../../server/feeds/feed-condition.ts';
import type { FeedAccount } from '../../../server/store/feed-store.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');
const account = (change: Partial<FeedAccount> = {}): FeedAccount => ({
  agency: 'police',
  feed: 'cad',
  stored: 10,
  duplicates: 2,
  rejected: 1,
  lastReceivedAt: new Date(NOW_MS - 1_000),
  lastOccurredAt: new Date(NOW_MS - 60_000),
  meanGapSeconds: 2,
  finestPrecision: 'minute',
  lastRejection: null,
  ...change,
});
const heard = (secondsAgo: number, more: Partial<FeedAccount> = {}, speed = 1): string =>
  feedStateOf(
    account({ lastReceivedAt: new Date(NOW_MS - secondsAgo * 1_000), lastOccurredAt: null, ...more }),
    { nowMs: NOW_MS, speed },
  ).condition;

describe('a feed’s condition', () => {
  it('is live while it speaks as often as it does', () => {
    expect(heard(1)).toBe('live');
    expect(heard(60)).toBe('live');
  });

  it('is silent after twenty of its own gaps, and a minute at least', () => {
    expect(heard(61)).toBe('silent');
    expect(heard(199, { meanGapSeconds: 10 })).toBe('live');
    expect(heard(201, { meanGapSeconds: 10 })).toBe('silent');
  });

  it('is silent after a quarter of an hour where its rhythm is not known', () => {
    expect(heard(899, { meanGapSeconds: null })).toBe('live');
    expect(heard(901, { meanGapSeconds: null })).toBe('silent');
  });

  it('is late where the newest it tells of is more than an hour old, and silent before late', () => {
    const late = { lastOccurredAt: new Date(NOW_MS - 3_700_000) };
    expect(heard(1, late)).toBe('late');
    expect(heard(1, { lastOccurredAt: new Date(NOW_MS - 3_500_000) })).toBe('live');
    expect(heard(3_000, late)).toBe('silent');
  });

  it('is not silent before ten real seconds, however fast a recording is played', () => {
    expect(heard(9 * 604_800, {}, 604_800)).toBe('live');
    expect(heard(11 * 604_800, {}, 604_800)).toBe('silent');
  });

  it('allows for days or months between two words where a feed knows nothing finer', () => {
    const monthly = { finestPrecision: 'month', meanGapSeconds: 100 } as const;
    expect(heard(46 * 86_400, monthly)).toBe('live');
    expect(heard(47 * 86_400, monthly)).toBe('silent');
    const daily = { finestPrecision: 'day', meanGapSeconds: 100 } as const;
    expect(heard(36 * 3_600, daily)).toBe('live');
    expect(heard(37 * 3_600, daily)).toBe('silent');
  });

  it('is late only once the day or month it tells of has been over for an hour', () => {
    const daily = (hoursAgo: number): string =>
      heard(1, { finestPrecision: 'day', lastOccurredAt: new Date(NOW_MS - hoursAgo * 3_600_000) });
    expect(daily(24.9)).toBe('live');
    expect(daily(25.1)).toBe('late');
  });

  it('is silent after five times the interval in which it is expected, which goes by its own rhythm', () => {
    const at = (change: Partial<FeedAccount>, speed = 1) =>
      feedStateOf(account(change), { nowMs: NOW_MS, speed });
    expect(at({ meanGapSeconds: 10 }).expectedSeconds).toBe(40);
    expect(at({ meanGapSeconds: null }).expectedSeconds).toBe(180);
    expect(at({ meanGapSeconds: 0.1 }).expectedSeconds).toBe(12);
    expect(at({ meanGapSeconds: 10 }, 3_600).expectedSeconds).toBe(7_200);
    expect(at({ meanGapSeconds: 10, finestPrecision: 'month' }).expectedSeconds).toBe(31 * 86_400);
    const ago = (seconds: number): Date => new Date(NOW_MS - seconds * 1_000);
    expect(at({ meanGapSeconds: 10, lastReceivedAt: ago(199), lastOccurredAt: ago(199) }).condition).toBe(
      'live',
    );
    expect(at({ meanGapSeconds: 10, lastReceivedAt: ago(201), lastOccurredAt: ago(201) }).condition).toBe(
      'silent',
    );
  });

  it('goes with its account', () => {
    const lastRejection = { reason: 'unknown field', path: '/x', at: '2026-03-01T11:00:00.000Z' };
    expect(feedStateOf(account({ lastRejection }), { nowMs: NOW_MS, speed: 1 })).toEqual({
      agency: 'police',
      feed: 'cad',
      condition: 'live',
      lastReceivedAt: '2026-03-01T11:59:59.000Z',
      expectedSeconds: 12,
      lastOccurredAt: '2026-03-01T11:59:00.000Z',
      finestPrecision: 'minute',
      stored: 10,
      duplicates: 2,
      rejected: 1,
      lastRejection,
    });
    expect(
      feedStateOf(account({ lastOccurredAt: null }), { nowMs: NOW_MS, speed: 1 }).lastOccurredAt,
    ).toBeNull();
  });
});
