/** The feed clock between heartbeats. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FeedClock } from '../../../client/state/feed-clock.ts';

describe('the feed clock', () => {
  let real: number;
  let clock: FeedClock;

  beforeEach(() => {
    real = 50_000;
    clock = new FeedClock(() => real);
  });

  it('knows no time before the server speaks', () => {
    expect(clock.now()).toBeUndefined();
  });

  it('runs on between heartbeats', () => {
    clock.sync(1_000_000, 1);
    real += 3_000;
    expect(clock.now()).toBe(1_003_000);
  });

  it('runs at the speed of a played recording', () => {
    clock.sync(0, 600);
    real += 2_000;
    expect(clock.now()).toBe(1_200_000);
  });

  it('does not tick backwards where a heartbeat was only slow on the way', () => {
    clock.sync(0, 1);
    real += 5_000;
    clock.sync(4_800, 1);
    expect(clock.now()).toBe(5_000);
    real += 5_000;
    clock.sync(10_010, 1);
    expect(clock.now()).toBe(10_010);
  });

  it('follows a real step back', () => {
    clock.sync(1_000_000, 1);
    real += 5_000;
    clock.sync(500_000, 1);
    expect(clock.now()).toBe(500_000);
  });

  it('stops a fast clock soon after it is no longer heard, but not a clock of life’s pace', () => {
    clock.sync(0, 600);
    real += 3_600_000;
    expect(clock.now()).toBe(15_000 * 600);
    clock.sync(0, 1);
    real += 3_600_000;
    expect(clock.now()).toBe(3_600_000);
  });
});
