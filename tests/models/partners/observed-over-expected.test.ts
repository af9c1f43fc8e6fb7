/** A count beside its expectation: how often its interval holds. */
import { expect, it } from 'vitest';
import { observedOverExpected } from '../../../models/partners/observed-over-expected.ts';
import { chanceWithin } from '../../../models/interval.ts';

/** Adds up the chances of all counts whose interval holds the truth: exact, nothing is drawn. */
function coverage(truth: number, expected: number, dispersion: number): number {
  let sum = 0;
  for (let count = 0; count < 400; count++) {
    const [low, high] = observedOverExpected(count, expected, dispersion).interval95 ?? [0, 0];
    if (low <= truth && truth <= high)
      sum += chanceWithin({ lower: count, upper: count }, truth * expected, dispersion);
  }
  return sum;
}

it.each([
  [1, 3, 0],
  [1, 12, 0.2],
  [0.5, 20, 0.5],
  [1.6, 40, 1],
  [1, 100, 0.3],
])(
  'of a ratio %d with %d expected and dispersion %d holds 93 to 98 times of 100',
  (truth, expected, dispersion) => {
    expect(coverage(truth, expected, dispersion)).toBeGreaterThan(0.93);
    expect(coverage(truth, expected, dispersion)).toBeLessThan(0.985);
  },
);

it('is told for no incident, and not where nothing is expected', () => {
  const none = observedOverExpected(0, 4, 0);
  expect(none.ratio).toBe(0);
  expect(none.interval95?.[0]).toBe(0);
  expect(none.interval95?.[1]).toBeCloseTo(0.96, 2);
  expect(observedOverExpected(3, 0, 0)).toEqual({ ratio: null, interval95: null });
});
