/** Quantiles and chances of the negative binomial, against sums of its textbook form. */
import { describe, expect, it } from 'vitest';
import { chanceAtMost, chanceOfAny, chanceWithin, countQuantile, intervalOf } from '../../models/interval.ts';

/** Γ ratios by products, so that nothing is shared with the code under test. */
function probability(count: number, mean: number, theta: number): number {
  if (theta === 0) {
    let p = Math.exp(-mean);
    for (let i = 1; i <= count; i++) p *= mean / i;
    return p;
  }
  const size = mean / theta;
  let p = (1 / (1 + theta)) ** size;
  for (let i = 0; i < count; i++) p *= ((size + i) / (i + 1)) * (theta / (1 + theta));
  return p;
}

const CASES = [0, 1e-6, 0.02, 0.3, 1, 4.2, 30].flatMap((mean) =>
  [0, 0.05, 0.5, 3].map((theta) => ({ mean, theta })),
);

describe.each(CASES)('a count with mean $mean and dispersion $theta', ({ mean, theta }) => {
  it.each([0.1, 0.5, 0.9, 0.999])('has the quantile at %s that adding up gives', (p) => {
    let count = 0;
    let cumulative = probability(0, mean, theta);
    while (cumulative < p) cumulative += probability(++count, mean, theta);
    expect(countQuantile(mean, theta, p)).toBe(count);
  });

  it('happens at all as often as adding up gives', () => {
    const none = probability(0, mean, theta);
    expect(chanceOfAny(mean, theta)).toBeCloseTo(1 - none, 10);
    const { upper, lower } = intervalOf(mean, theta);
    let within = 0;
    for (let count = lower; count <= upper; count++) within += probability(count, mean, theta);
    expect(chanceWithin({ lower, upper }, mean, theta)).toBeCloseTo(within, 10);
  });
});

describe('chanceAtMost', () => {
  it.each(CASES)('is what adding up gives, of mean $mean and dispersion $theta', ({ mean, theta }) => {
    let sum = 0;
    for (let count = 0; count <= 6; count++) {
      sum += probability(count, mean, theta);
      expect(chanceAtMost(count, mean, theta)).toBeCloseTo(sum, 10);
    }
  });

  it('is nothing below zero, and certain in the end', () => {
    expect(chanceAtMost(-1, 2, 0.3)).toBe(0);
    expect(chanceAtMost(500, 2, 0.3)).toBeCloseTo(1, 12);
  });

  it('goes on to means at which nothing is left at zero', () => {
    const spread = Math.sqrt(20_000 * 1.5);
    expect(chanceAtMost(Math.round(20_000 + 1.6449 * spread), 20_000, 0.5)).toBeCloseTo(0.95, 2);
    expect(chanceAtMost(Math.round(20_000 - 3.0902 * spread), 20_000, 0.5)).toBeCloseTo(0.001, 3);
  });
});

describe('countQuantile', () => {
  it('goes on to means at which nothing is left at zero', () => {
    const spread = Math.sqrt(5000 * 1.5);
    expect(countQuantile(5000, 0.5, 0.9) / (5000 + 1.2816 * spread)).toBeCloseTo(1, 2);
    expect(countQuantile(5000, 0.5, 0.1) / (5000 - 1.2816 * spread)).toBeCloseTo(1, 2);
    expect(countQuantile(5000, 0.5, 0.5)).toBe(5000);
  });

  it.each([
    [-1, 0, 0.5],
    [NaN, 0, 0.5],
    [1, -1, 0.5],
    [1, 0, 1],
  ])('refuses a mean of %s, a dispersion of %s at %s', (mean, theta, p) => {
    expect(() => countQuantile(mean, theta, p)).toThrow(RangeError);
  });
});
