/** Time never goes back, and a feed clock never runs far ahead of what it was told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FeedClock, systemClock } from '../../server/clock.ts';

const START_MS = Date.parse('2019-06-01T00:00:00Z');
const HOUR_MS = 3_600_000;

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START_MS });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the time of day at one second per second', () => {
    const clock = systemClock();
    expect(clock.now()).toBe(START_MS);
    vi.setSystemTime(START_MS + 1_500);
    expect(clock.now()).toBe(START_MS + 1_500);
    expect(clock.speed).toBe(1);
  });

  it('stands still while the machine’s clock is set back', () => {
    const clock = systemClock();
    clock.now();
    vi.setSystemTime(START_MS - HOUR_MS);
    expect(clock.now()).toBe(START_MS);
    vi.setSystemTime(START_MS + 1);
    expect(clock.now()).toBe(START_MS + 1);
  });
});

describe('the feed clock', () => {
  let monotonicMs = 0;
  let clock: FeedClock;
  const told = (atMs: number, speed: number): boolean =>
    clock.hear({ at: new Date(atMs).toISOString(), speed });

  beforeEach(() => {
    monotonicMs = 0;
    clock = new FeedClock(START_MS, () => monotonicMs);
  });

  it('stands where it was left until it is told of the time', () => {
    monotonicMs = 60_000;
    expect(clock.now()).toBe(START_MS);
  });

  it('goes on at the speed it was told', () => {
    told(START_MS, 600);
    monotonicMs = 1_000;
    expect(clock.now()).toBe(START_MS + 600_000);
    expect(clock.speed).toBe(600);
  });

  it('stops two real seconds after the last word', () => {
    told(START_MS, 600);
    monotonicMs = 60_000;
    expect(clock.now()).toBe(START_MS + 1_200_000);
  });

  it('does not go back where a message comes late or says a little less', () => {
    told(START_MS, 600);
    monotonicMs = 1_000;
    const before = clock.now();
    told(before - 60_000, 600);
    expect(clock.now()).toBe(before);
    monotonicMs = 1_200;
    expect(clock.now()).toBe(before + 60_000);
  });

  it('stands still while the recording pauses', () => {
    told(START_MS, 600);
    monotonicMs = 500;
    const before = clock.now();
    told(before, 0);
    monotonicMs = 5_000;
    expect(clock.now()).toBe(before);
  });

  it('goes back where a recording starts again from its beginning', () => {
    told(START_MS + 1_000 * HOUR_MS, 600);
    expect(clock.now()).toBe(START_MS + 1_000 * HOUR_MS);
    told(START_MS, 600);
    expect(clock.now()).toBe(START_MS);
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { at: 'x', speed: 1 },
    { at: '2019-06-01T00:00:00Z' },
    { at: '2019-06-01T00:00:00Z', speed: -1 },
    { at: '2019-06-01T00:00:00Z', speed: NaN },
    { at: '2019-06-01T00:00:00Z', speed: Infinity },
    { at: 5, speed: 1 },
  ])('is not moved by what is no clock message: %j', (message) => {
    expect(clock.hear(message)).toBe(false);
    expect(clock.now()).toBe(START_MS);
  });
});
