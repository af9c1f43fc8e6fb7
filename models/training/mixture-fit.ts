/** Fits the kernel mixture to a dataset: EM for the weights, Newton for the affinities' exponents. */
import { AFFINITY_COUNT, AFFINITY_NAMES } from '../features/affinity.ts';
import { KERNEL_NAMES } from '../features/feature-vector.ts';
import { KERNEL_COUNT } from '../features/relative-counts.ts';
import type { Dataset } from './dataset.ts';

/**
 * expected = E · (base + Σ kernels · relative) · exp(Σ affinities · affinity). Fitted ones sum to one: they say where, and E
 * how many.
 */
export interface MixtureWeights {
  /** The even spread's weight, ≥ 0. */
  base: number;
  /** ≥ 0, in the order of `KERNEL_NAMES`. */
  kernels: number[];
  /** In the order of `AFFINITY_NAMES`. */
  affinities: number[];
}

const WEIGHT_COUNT = KERNEL_COUNT + 1;
const ROUNDS = 12;
// More EM steps move weight between kernels that say the same, and leave the likelihood where it is.
const EM_STEPS = 100;
const TOLERANCE = 1e-6;
// Pulls exponents that the data say nothing about to zero.
const AFFINITY_RIDGE = 10;

const isOfAll = (name: string): boolean => name.startsWith('all-');

/**
 * Maximises the Poisson likelihood. Given the exponents it is a mixture, whose weights EM finds (each incident
 * is shared out among the terms that could have brought it); given the weights it is log-linear in the
 * exponents. Deterministic: no random start, a fixed order of sums. Where the theme is all incidents
 * itself, it cannot lean on them too: `leansOnAll` false leaves those columns at zero. At last the weights are brought to a sum
 * of one: by how much the level lagged behind the half year that they are fitted to is no news of another season.
 */
export function fitMixture(dataset: Dataset, { leansOnAll }: { leansOnAll: boolean }): MixtureWeights {
  const used = KERNEL_NAMES.map((name) => leansOnAll || !isOfAll(name));
  const free = AFFINITY_NAMES.map((name) => leansOnAll || !isOfAll(name));
  let weights = Float64Array.of(1, ...used.map(Number)).map((is) => is / WEIGHT_COUNT);
  let exponents = new Array<number>(AFFINITY_COUNT).fill(0);
  const happened = gatherHappened(dataset);
  for (let round = 0; round < ROUNDS; round++) {
    const exposure = exposures(dataset, exponents);
    const fitted = fitWeights(happened, exposure, weights);
    const next = newtonStep(dataset, { weights: fitted, exponents, free });
    const change = largestChange([...weights, ...exponents], [...fitted, ...next]);
    weights = fitted;
    exponents = next;
    if (change < TOLERANCE) break;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const [base = 0, ...kernels] = weights.map((weight) => weight / sum);
  return { base, kernels, affinities: exponents };
}

/** Rows in which something happened, close together: EM reads them hundreds of times, and no others. */
interface Happened {
  counts: Float64Array;
  /** Rows × weights: 1 for the even spread, then the relative kernels. */
  terms: Float64Array;
}

function gatherHappened({ observed, relative }: Dataset): Happened {
  const rows: number[] = [];
  observed.forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  const terms = new Float64Array(rows.length * WEIGHT_COUNT).fill(1);
  rows.forEach((row, i) => {
    terms.set(relative.subarray(row * KERNEL_COUNT, (row + 1) * KERNEL_COUNT), i * WEIGHT_COUNT + 1);
  });
  return { counts: Float64Array.from(rows, (row) => observed[row] ?? 0), terms };
}

/** Σ over rows of E · exp(β·a) · term: what each term would bring at weight 1. */
function exposures(dataset: Dataset, exponents: readonly number[]): Float64Array {
  const sums = new Float64Array(WEIGHT_COUNT);
  for (let row = 0, i = 0; row < dataset.rows; row++) {
    const offset = offsetOf(dataset, row, exponents);
    sums[0] = (sums[0] ?? 0) + offset;
    for (let k = 1; k < WEIGHT_COUNT; k++, i++)
      sums[k] = (sums[k] ?? 0) + offset * (dataset.relative[i] ?? 0);
  }
  return sums;
}

function fitWeights(
  { counts, terms }: Happened,
  exposure: Float64Array,
  start: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  let weights = start;
  for (let step = 0; step < EM_STEPS; step++) {
    const shares = new Float64Array(WEIGHT_COUNT);
    for (let row = 0; row < counts.length; row++) {
      const first = row * WEIGHT_COUNT;
      let mixture = 0;
      for (let k = 0; k < WEIGHT_COUNT; k++) mixture += (weights[k] ?? 0) * (terms[first + k] ?? 0);
      const perMixture = (counts[row] ?? 0) / mixture;
      for (let k = 0; k < WEIGHT_COUNT; k++)
        shares[k] = (shares[k] ?? 0) + perMixture * (terms[first + k] ?? 0);
    }
    weights = weights.map(
      (weight, k) => (weight * (shares[k] ?? 0)) / Math.max(exposure[k] ?? 0, Number.MIN_VALUE),
    );
  }
  return weights;
}

interface Point {
  weights: Float64Array;
  exponents: readonly number[];
  /** Which exponents may move from zero. */
  free: readonly boolean[];
}

function newtonStep(dataset: Dataset, { weights, exponents, free }: Point): number[] {
  const size = AFFINITY_COUNT;
  const gradient = Float64Array.from(exponents, (exponent) => -AFFINITY_RIDGE * exponent);
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < size; a++) hessian[a * size + a] = AFFINITY_RIDGE;
  for (let row = 0; row < dataset.rows; row++) {
    const expected = offsetOf(dataset, row, exponents) * mixtureAt(dataset.relative, row, weights);
    const surplus = (dataset.observed[row] ?? 0) - expected;
    for (let a = 0; a < size; a++) {
      const affinity = dataset.affinity[row * size + a] ?? 0;
      if (affinity === 0) continue;
      gradient[a] = (gradient[a] ?? 0) + surplus * affinity;
      for (let b = 0; b <= a; b++) {
        const product = expected * affinity * (dataset.affinity[row * size + b] ?? 0);
        hessian[a * size + b] = (hessian[a * size + b] ?? 0) + product;
      }
    }
  }
  free.forEach((isFree, a) => {
    if (isFree) return;
    gradient[a] = 0;
    for (let b = 0; b < size; b++) hessian[Math.max(a, b) * size + Math.min(a, b)] = a === b ? 1 : 0;
  });
  const step = solveSymmetric(hessian, gradient);
  return exponents.map((exponent, a) => exponent + bounded(step[a] ?? 0));
}

/** Solves H·x = g for a positive definite H, given by its lower triangle, by Cholesky's factors. */
function solveSymmetric(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const at = (a: number, b: number): number => lower[a * size + b] ?? 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = at(a, b);
      for (let c = 0; c < b; c++) rest -= at(a, c) * at(b, c);
      lower[a * size + b] = a === b ? Math.sqrt(rest) : rest / at(b, b);
    }
  }
  const solution = right.slice();
  for (let a = 0; a < size; a++) {
    for (let c = 0; c < a; c++) solution[a] = (solution[a] ?? 0) - at(a, c) * (solution[c] ?? 0);
    solution[a] = (solution[a] ?? 0) / at(a, a);
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let c = a + 1; c < size; c++) solution[a] = (solution[a] ?? 0) - at(c, a) * (solution[c] ?? 0);
    solution[a] = (solution[a] ?? 0) / at(a, a);
  }
  return solution;
}

// A full Newton step may overshoot from far away.
function bounded(step: number): number {
  return Math.max(-1, Math.min(1, step));
}

function offsetOf({ affinity, expectation }: Dataset, row: number, exponents: readonly number[]): number {
  let exponent = 0;
  for (let a = 0; a < AFFINITY_COUNT; a++)
    exponent += (affinity[row * AFFINITY_COUNT + a] ?? 0) * (exponents[a] ?? 0);
  return (expectation[row] ?? 0) * (exponent === 0 ? 1 : Math.exp(exponent));
}

/** What a mixture expects in each row, computed here as the graph does it there. */
export function expectedOf(dataset: Dataset, { base, kernels, affinities }: MixtureWeights): Float64Array {
  const weights = [base, ...kernels];
  const expected = new Float64Array(dataset.rows);
  for (let row = 0; row < dataset.rows; row++) {
    expected[row] = offsetOf(dataset, row, affinities) * mixtureAt(dataset.relative, row, weights);
  }
  return expected;
}

function mixtureAt(relative: Float32Array, row: number, weights: ArrayLike<number>): number {
  let mixture = weights[0] ?? 0;
  for (let k = 0; k < KERNEL_COUNT; k++)
    mixture += (weights[k + 1] ?? 0) * (relative[row * KERNEL_COUNT + k] ?? 0);
  return mixture;
}

function largestChange(before: readonly number[], after: readonly number[]): number {
  return before.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (after[i] ?? 0))), 0);
}
