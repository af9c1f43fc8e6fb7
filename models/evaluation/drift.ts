/** Whether forecasts have come loose from what happens: beyond a bound that was set, and beyond chance. */
import { chanceAtMost } from '../interval.ts';

/** What the windows of one day came to, together. */
export interface DayTotals {
  expected: number;
  observed: number;
  /** Nats that the forecasts gained over the naive map, of all incidents of the day together. */
  gainOverNaive: number;
}

/** Observed ÷ expected may lie in between. */
export interface DriftBounds {
  low: number;
  high: number;
}

export interface Drift {
  kind: 'fewer' | 'more' | 'worse-than-naive';
  days: number;
  expected: number;
  observed: number;
  /** Nats per incident. */
  gainOverNaive: number;
}

/** The level is judged on the last week: what follows recent counts is wrong for a week, or broken. */
const RATIO_DAYS = 7;
/** The gain is a difference of small differences: it takes four weeks, and two at least. */
const GAIN_DAYS = 28;
const FEWEST_GAIN_DAYS = 14;
/** Of calling drift what is chance, at the very bound. A force has 21 series that are judged every day. */
const CHANCE = 0.001;
/** One-sided quantile of Student's t at 0.001, for 13 degrees of freedom; with more it is lower. */
const T = 3.85;

/**
 * The drift that the latest days show, or `undefined`: observed ÷ expected outside of the bounds, tested with the
 * negative binomial under the model's dispersion or that of the days themselves, whichever is larger (Pearson's
 * statistic: days differ in more than chance); or less gain than the naive map's, by a paired t-test over days.
 * `days`: those with windows, oldest first.
 */
export function driftOf(
  days: readonly DayTotals[],
  bounds: DriftBounds,
  dispersion: number,
): Drift | undefined {
  return levelDrift(days.slice(-RATIO_DAYS), bounds, dispersion) ?? gainDrift(days.slice(-GAIN_DAYS));
}

/**
 * Whether what has drifted is back, well inside of the bounds (at their square roots): it takes more to recover than
 * not to drift, so that nothing flickers.
 */
export function hasRecovered(days: readonly DayTotals[], { low, high }: DriftBounds): boolean {
  const week = days.slice(-RATIO_DAYS);
  if (week.length < RATIO_DAYS) return false;
  const { expected, observed } = totalOf(week);
  const ratio = observed / expected;
  if (!(ratio >= Math.sqrt(low) && ratio <= Math.sqrt(high))) return false;
  return totalOf(days.slice(-GAIN_DAYS)).gainOverNaive >= 0;
}

function levelDrift(
  days: readonly DayTotals[],
  { low, high }: DriftBounds,
  dispersion: number,
): Drift | undefined {
  if (days.length < RATIO_DAYS) return undefined;
  const total = totalOf(days);
  const { expected, observed } = total;
  const theta = Math.max(dispersion, dispersionOf(days, total));
  const chanceOfSoFew = chanceAtMost(observed, low * expected, theta);
  if (observed < low * expected && chanceOfSoFew < CHANCE) return drift('fewer', days);
  const chanceOfSoMany = 1 - chanceAtMost(observed - 1, high * expected, theta);
  if (observed > high * expected && chanceOfSoMany < CHANCE) return drift('more', days);
  return undefined;
}

function gainDrift(days: readonly DayTotals[]): Drift | undefined {
  if (days.length < FEWEST_GAIN_DAYS) return undefined;
  const total = totalOf(days).gainOverNaive;
  const mean = total / days.length;
  const squares = days.reduce((sum, { gainOverNaive }) => sum + (gainOverNaive - mean) ** 2, 0);
  const error = Math.sqrt((days.length * squares) / (days.length - 1));
  // An incident where the forecast thought none possible costs everything: nothing is left to be tested.
  const isWorse = total === -Infinity || total < -T * error;
  return isWorse ? drift('worse-than-naive', days) : undefined;
}

function drift(kind: Drift['kind'], days: readonly DayTotals[]): Drift {
  const { expected, observed, gainOverNaive } = totalOf(days);
  return { kind, days: days.length, expected, observed, gainOverNaive: gainOverNaive / observed };
}

/** θ of the days' totals around their own level. */
function dispersionOf(days: readonly DayTotals[], total: DayTotals): number {
  const ratio = total.observed / total.expected;
  const pearson = days.reduce((sum, { expected, observed }) => {
    const mean = ratio * expected;
    return mean > 0 ? sum + (observed - mean) ** 2 / mean : sum;
  }, 0);
  return pearson / (days.length - 1) - 1;
}

function totalOf(days: readonly DayTotals[]): DayTotals {
  const total = { expected: 0, observed: 0, gainOverNaive: 0 };
  for (const { expected, observed, gainOverNaive } of days) {
    total.expected += expected;
    total.observed += observed;
    total.gainOverNaive += gainOverNaive;
  }
  return total;
}
