/** How much more counts scatter around the fitted expectation than chance alone would have it. */
import type { Dataset } from './dataset.ts';
import { expectedOf, type MixtureWeights } from './mixture-fit.ts';

const SMALLEST = 1e-4;
const LARGEST = 20;
const STEPS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The θ (variance = mean · (1 + θ)) under which the dataset's counts are likeliest, given the mixture: the
 * negative binomial that Cameron & Trivedi (1986) call NB1, by golden section on log θ.
 *
 * Incidents come in bursts (several reports of one event), so the scatter grows with the mean itself, and θ
 * is the same for an hour and for a day. The usual form (variance = mean + φ · mean²) fits two cities' counts
 * worse, and its φ falls by two thirds from 8-hour to 24-hour windows.
 */
export function fitDispersion(dataset: Dataset, weights: MixtureWeights): number {
  const expected = expectedOf(dataset, weights);
  const total = expected.reduce((sum, mean) => sum + mean, 0);
  const at = (logTheta: number): number =>
    logLikelihood(dataset.observed, expected, total, Math.exp(logTheta));
  let low = Math.log(SMALLEST);
  let high = Math.log(LARGEST);
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [at(left), at(right)];
  for (let step = 0; step < STEPS; step++) {
    if (atLeft > atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = at(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = at(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Up to terms without θ. Rows in which nothing happened only come in by their total. */
function logLikelihood(observed: Uint16Array, expected: Float64Array, total: number, theta: number): number {
  const perIncident = Math.log1p(theta);
  let sum = (-total * perIncident) / theta;
  for (let row = 0; row < observed.length; row++) {
    const count = observed[row] ?? 0;
    if (count === 0) continue;
    sum -= count * perIncident;
    for (let earlier = 0; earlier < count; earlier++) sum += Math.log((expected[row] ?? 0) + theta * earlier);
  }
  return sum;
}
