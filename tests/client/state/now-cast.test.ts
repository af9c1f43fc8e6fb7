/** What the wall counts in the last hours is made whole by how long incidents take to be known. */
import { describe, expect, it } from 'vitest';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { Picture } from '../../../client/state/picture.ts';
import { COUNT_STEP_MS } from '../../../shared/messages.ts';
import { DELAY_EDGES_HOURS } from '../../../shared/reporting-delay.ts';
import { CITY_CELL, NOON, OTHER_CELL, snapshot } from '../frames.ts';

/** Half is known at once, the other half after an hour. */
const HALF_AFTER_AN_HOUR = DELAY_EDGES_HOURS.map((hours) => (hours < 1 ? 0.5 : 1));

function pictureAt(speed: number): Picture {
  const clock = new FeedClock(() => 0);
  clock.sync(NOON, speed);
  const picture = new Picture(clock);
  const step = NOON / COUNT_STEP_MS;
  picture.applySnapshot(
    snapshot({
      counts: [
        { theme: 'all', cell: CITY_CELL, steps: [[step - 20, 6]] },
        { theme: 'all', cell: OTHER_CELL, steps: [[step - 2, 4]] },
      ],
    }),
    'first',
  );
  return picture;
}

describe('the now-cast', () => {
  it('leaves what is old as it is, and adds what is still to be told of the last hour', () => {
    const cast = pictureAt(1).nowCast(8, HALF_AFTER_AN_HOUR);
    expect(cast?.known).toBe(10);
    expect(cast?.estimated).toBeGreaterThan(12);
    expect(cast?.estimated).toBeLessThan(15);
  });

  it('is none while a recording is played at another pace, and changes nothing where all is known at once', () => {
    expect(pictureAt(600).nowCast(8, HALF_AFTER_AN_HOUR)).toBeNull();
    const whole = DELAY_EDGES_HOURS.map(() => 1);
    expect(pictureAt(1).nowCast(8, whole)?.estimated).toBe(10);
  });
});
