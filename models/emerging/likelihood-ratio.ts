/** How much likelier a count is at its own mean than at the expected one: the scan's score. */

/**
 * ln P(observed | mean = observed) − ln P(observed | mean = expected): Poisson where `dispersion` is 0 (the
 * expectation-based statistic of Neill 2009), else the negative binomial with variance = mean · (1 + dispersion), which
 * holds over any union of cells and windows. 0 where no more was observed than expected; Infinity where something was
 * observed and nothing expected.
 */
export function logLikelihoodRatio(observed: number, expected: number, dispersion: number): number {
  if (observed <= expected) return 0;
  if (expected <= 0) return Infinity;
  if (dispersion === 0) return poissonLogRatio(observed, expected);
  let sum = (-(observed - expected) * Math.log1p(dispersion)) / dispersion;
  for (let earlier = 0; earlier < observed; earlier++) {
    sum += Math.log((observed + dispersion * earlier) / (expected + dispersion * earlier));
  }
  return Math.max(0, sum);
}

/** Poisson alone. From 1 on, and up to a dispersion of 1, never below the ratio under overdispersion: quick to rule out by. */
export function poissonLogRatio(observed: number, expected: number): number {
  return observed * Math.log(observed / expected) - (observed - expected);
}
