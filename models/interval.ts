/** The spread of a count around its expectation: a negative binomial, as incidents come in bursts. */
import type { Spread } from '../shared/hotspot.ts';

// Below this, its difference from a Poisson distribution is lost in rounding.
const POISSON_BELOW = 1e-9;
const FAR = 100_000;

/** P(count ≥ 1) with the given mean and dispersion θ (variance = mean · (1 + θ)). */
export function chanceOfAny(expected: number, dispersion: number): number {
  return -Math.expm1(logChanceOfNone(expected, dispersion));
}

function logChanceOfNone(expected: number, dispersion: number): number {
  return dispersion < POISSON_BELOW ? -expected : (-expected * Math.log1p(dispersion)) / dispersion;
}

/**
 * The smallest count that is not exceeded with probability `p` at least, of a negative binomial with mean
 * `expected` and variance mean · (1 + θ). Adds up the probabilities from zero by their recurrence, which takes
 * as many steps as the answer is large. Throws `RangeError` for a `p` outside [0, 1), or a mean or a dispersion
 * that is negative or not finite.
 */
export function countQuantile(expected: number, dispersion: number, p: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`no quantile at ${String(p)}`);
  if (!(expected >= 0 && dispersion >= 0 && expected < Infinity && dispersion < Infinity)) {
    throw new RangeError(`no count has mean ${String(expected)} and dispersion ${String(dispersion)}`);
  }
  let probability = Math.exp(logChanceOfNone(expected, dispersion));
  // So large a mean that nothing is left at zero: a normal approximation is exact enough.
  if (probability === 0) return normalQuantile(expected, dispersion, p);
  let cumulative = probability;
  let count = 0;
  while (cumulative < p && probability > 0 && count < FAR) {
    probability *= (expected + dispersion * count) / ((count + 1) * (1 + dispersion));
    count++;
    cumulative += probability;
  }
  return count;
}

export interface Interval {
  lower: number;
  upper: number;
}

/** The 10 % and 90 % quantiles of a count. */
export function intervalOf(expected: number, dispersion: number): Interval {
  return { lower: countQuantile(expected, dispersion, 0.1), upper: countQuantile(expected, dispersion, 0.9) };
}

/** The sum over cells with the same dispersion has it too, so a coarse cell's spread is found alike. */
export function spreadOf(expected: number, dispersion: number): Spread {
  const quantile = (p: number): number => countQuantile(expected, dispersion, p);
  return {
    ...intervalOf(expected, dispersion),
    lower95: quantile(0.025),
    upper95: quantile(0.975),
    chanceOfAny: chanceOfAny(expected, dispersion),
  };
}

/** P(lower ≤ count ≤ upper). */
export function chanceWithin({ lower, upper }: Interval, expected: number, dispersion: number): number {
  let probability = Math.exp(logChanceOfNone(expected, dispersion));
  let within = 0;
  for (let count = 0; count <= upper; count++) {
    if (count >= lower) within += probability;
    probability *= (expected + dispersion * count) / ((count + 1) * (1 + dispersion));
  }
  return within;
}

/**
 * P(count ≤ `most`), of a negative binomial with mean `expected` and variance mean · (1 + θ). Adds up logarithms, so
 * that thousands expected are as exact as one; takes as many steps as `most` is large.
 */
export function chanceAtMost(most: number, expected: number, dispersion: number): number {
  let log = logChanceOfNone(expected, dispersion);
  let logSum = most < 0 ? -Infinity : log;
  for (let count = 0; count < most; count++) {
    log += Math.log((expected + dispersion * count) / ((count + 1) * (1 + dispersion)));
    const higher = Math.max(logSum, log);
    logSum = higher + Math.log1p(Math.exp(Math.min(logSum, log) - higher));
  }
  return Math.min(1, Math.exp(logSum));
}

/** By Winitzki's approximation of the error function's inverse (2008), to 0.3 % of a standard deviation. */
function normalQuantile(expected: number, dispersion: number, p: number): number {
  const x = Math.min(Math.max(2 * p - 1, -1 + 1e-12), 1 - 1e-12);
  const log = Math.log1p(-x * x);
  const half = 2 / (Math.PI * 0.147) + log / 2;
  const deviations = Math.sign(x) * Math.sqrt(2 * (Math.sqrt(half * half - log / 0.147) - half));
  return Math.max(0, Math.round(expected + deviations * Math.sqrt(expected * (1 + dispersion))));
}
