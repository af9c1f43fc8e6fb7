/** The scan's score: the likelihood ratio of a count, Poisson or overdispersed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logLikelihoodRatio, poissonLogRatio } from '../../../models/emerging/likelihood-ratio.ts';

const logPoisson = (count: number, mean: number): number => {
  let sum = count * Math.log(mean) - mean;
  for (let factor = 2; factor <= count; factor++) sum -= Math.log(factor);
  return sum;
};

/** By the recurrence of the negative binomial's probabilities. */
const logNegativeBinomial = (count: number, mean: number, dispersion: number): number => {
  let log = (-mean * Math.log1p(dispersion)) / dispersion;
  for (let c = 0; c < count; c++) {
    log += Math.log((mean + dispersion * c) / ((c + 1) * (1 + dispersion)));
  }
  return log;
};

it('is the ratio of two Poisson probabilities', () => {
  expect(logLikelihoodRatio(7, 2, 0)).toBeCloseTo(logPoisson(7, 7) - logPoisson(7, 2), 10);
});

it('is the ratio of two negative binomial probabilities under overdispersion', () => {
  const own = logNegativeBinomial(9, 9, 0.4) - logNegativeBinomial(9, 3, 0.4);
  expect(logLikelihoodRatio(9, 3, 0.4)).toBeCloseTo(own, 10);
  expect(logLikelihoodRatio(9, 3, 1e-7)).toBeCloseTo(logLikelihoodRatio(9, 3, 0), 4);
});

it('is nothing where no more came than was expected, and certain where nothing was expected', () => {
  expect(logLikelihoodRatio(3, 3, 0.1)).toBe(0);
  expect(logLikelihoodRatio(2, 3, 0)).toBe(0);
  expect(logLikelihoodRatio(1, 0, 0)).toBe(Infinity);
});

it('rises with what is observed, falls with what is expected, and overdispersion only lowers it', () => {
  const count = fc.integer({ min: 2, max: 300 });
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const dispersion = fc.double({ min: 0.0001, max: 1, noNaN: true });
  fc.assert(
    fc.property(count, share, dispersion, (observed, below, theta) => {
      const expected = (observed - 1) * below;
      const score = logLikelihoodRatio(observed, expected, theta);
      const poisson = poissonLogRatio(observed, expected);
      if (poisson >= 1) expect(score).toBeLessThanOrEqual(poisson + 1e-9);
      expect(logLikelihoodRatio(observed + 1, expected, theta)).toBeGreaterThanOrEqual(score - 1e-9);
      expect(logLikelihoodRatio(observed, expected * 0.9, theta)).toBeGreaterThanOrEqual(score - 1e-9);
    }),
  );
});
