/** How busy each hour of the week is, from a past of a few days. */
import { describe, expect, it } from 'vitest';
import { observedHours, weeklyProfile } from '../../../models/features/weekly-profile.ts';

const HALF_LIFE_DAYS = 90;
/** Tuesday, 14:00 to 15:00. */
const NOW_HOUR = 38;
const PER_HOUR = 800;

/** Three days of the same in each hour, up to so much of the hour that is running. */
function steadyDays(elapsed: number): { counts: Float64Array; observed: Float64Array } {
  const observed = observedHours(NOW_HOUR, 3, 0, HALF_LIFE_DAYS, elapsed);
  const counts = observed.map((hours) => PER_HOUR * hours);
  counts[NOW_HOUR] = PER_HOUR * elapsed;
  return { observed, counts };
}

describe('in a past of three days', () => {
  it('the hour that is running is as busy as its part that has passed says', () => {
    for (const elapsed of [0, 0.25, 0.9]) {
      const { counts, observed } = steadyDays(elapsed);
      expect(weeklyProfile(counts, counts, observed)[NOW_HOUR]).toBeCloseTo(1, 1);
    }
  });

  it('an hour that was never lived through is not busy for the few of its incidents that were told late', () => {
    const { counts, observed } = steadyDays(0.5);
    const late = counts.map((count) => (count === 0 ? 8 : count));
    const profile = weeklyProfile(late, late, observed);
    expect(Math.max(...profile)).toBeLessThan(1.2);
    expect(Math.min(...profile)).toBeGreaterThan(0.8);
  });
});
