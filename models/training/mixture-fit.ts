/** Fits the kernel mixture to a dataset: EM for the weights, Newton for the affinities' exponents. */
import { AFFINITY_COUNT } from '../features/feature-vector.ts';
import { KERNEL_COUNT } from '../features/group-counts.ts';
import type { Dataset } from './dataset.ts';

/** expected = E · (base + Σ kernels · relative) · exp(Σ affinities · affinity) */
export interface MixtureWeights {
  /** The even spread's weight, ≥ 0. */
  base: number;
  /** ≥ 0, in the order of `KERNEL_NAMES`. */
  kernels: number[];
  /** In the order of `AFFINITY_NAMES`. */
  affinities: number[];
}

export interface FitOptions {
  /** Weights to lean on, and how many incidents they are worth: a rare group learns from the pooled one. */
  prior?: { weights: MixtureWeights; incidents: number };
  rounds?: number;
}

const WEIGHT_COUNT = KERNEL_COUNT + 1;
const ROUNDS = 12;
const EM_STEPS = 40;
const TOLERANCE = 1e-7;
// Pulls exponents that the data say nothing about to zero.
const AFFINITY_RIDGE = 10;

/**
 * Maximises the Poisson likelihood. Given the exponents it is a mixture, whose weights EM finds (each incident
 * is shared out among the terms that could have brought it); given the weights it is log-linear in the
 * exponents. Deterministic: no random start, a fixed order of sums.
 */
export function fitMixture(dataset: Dataset, { prior, rounds = ROUNDS }: FitOptions = {}): MixtureWeights {
  let weights = new Float64Array(WEIGHT_COUNT).fill(1 / WEIGHT_COUNT);
  let exponents: number[] = prior?.weights.affinities.slice() ?? new Array<number>(AFFINITY_COUNT).fill(0);
  const anchors = prior === undefined ? undefined : [prior.weights.base, ...prior.weights.kernels];
  const happened = rowsWithIncidents(dataset);
  for (let round = 0; round < rounds; round++) {
    const exposure = exposures(dataset, exponents);
    const fitted = fitWeights(dataset, happened, exposure, weights, anchors, prior?.incidents ?? 0);
    const next = newtonStep(dataset, fitted, exponents);
    const change = largestChange([...weights, ...exponents], [...fitted, ...next]);
    weights = fitted;
    exponents = next;
    if (change < TOLERANCE) break;
  }
  const [base = 0, ...kernels] = weights;
  return { base, kernels, affinities: exponents };
}

function rowsWithIncidents({ observed }: Dataset): Uint32Array {
  const rows: number[] = [];
  observed.forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  return Uint32Array.from(rows);
}

/** Σ over rows of E · exp(β·a) · term: what each term would bring at weight 1. */
function exposures(dataset: Dataset, exponents: readonly number[]): Float64Array {
  const sums = new Float64Array(WEIGHT_COUNT);
  for (let row = 0; row < dataset.rows; row++) {
    const offset = offsetOf(dataset, row, exponents);
    sums[0] = (sums[0] ?? 0) + offset;
    for (let k = 0; k < KERNEL_COUNT; k++) {
      sums[k + 1] = (sums[k + 1] ?? 0) + offset * (dataset.relative[row * KERNEL_COUNT + k] ?? 0);
    }
  }
  return sums;
}

function fitWeights(
  { relative, observed }: Dataset,
  happened: Uint32Array,
  exposure: Float64Array,
  start: Float64Array,
  anchors: readonly number[] | undefined,
  priorIncidents: number,
): Float64Array<ArrayBuffer> {
  let weights = start.slice();
  for (let step = 0; step < EM_STEPS; step++) {
    const shares = new Float64Array(WEIGHT_COUNT);
    for (const row of happened) {
      const perMixture = (observed[row] ?? 0) / mixtureAt(relative, row, weights);
      shares[0] = (shares[0] ?? 0) + perMixture;
      for (let k = 0; k < KERNEL_COUNT; k++) {
        shares[k + 1] = (shares[k + 1] ?? 0) + perMixture * (relative[row * KERNEL_COUNT + k] ?? 0);
      }
    }
    const next = weights.map((weight, k) => {
      const explained = weight * (shares[k] ?? 0) + priorIncidents * (anchors?.[k] ?? 0);
      return explained / ((exposure[k] ?? 0) + priorIncidents || 1);
    });
    const change = largestChange([...weights], [...next]);
    weights = next;
    if (change < TOLERANCE) break;
  }
  return weights;
}

function newtonStep(dataset: Dataset, weights: Float64Array, exponents: readonly number[]): number[] {
  const gradient = exponents.map((exponent) => -AFFINITY_RIDGE * exponent);
  let [h00, h01, h11] = [AFFINITY_RIDGE, 0, AFFINITY_RIDGE];
  for (let row = 0; row < dataset.rows; row++) {
    const expected = offsetOf(dataset, row, exponents) * mixtureAt(dataset.relative, row, weights);
    const a0 = dataset.affinity[row * AFFINITY_COUNT] ?? 0;
    const a1 = dataset.affinity[row * AFFINITY_COUNT + 1] ?? 0;
    const surplus = (dataset.observed[row] ?? 0) - expected;
    gradient[0] = (gradient[0] ?? 0) + surplus * a0;
    gradient[1] = (gradient[1] ?? 0) + surplus * a1;
    h00 += expected * a0 * a0;
    h01 += expected * a0 * a1;
    h11 += expected * a1 * a1;
  }
  const [g0 = 0, g1 = 0] = gradient;
  const determinant = h00 * h11 - h01 * h01;
  const [b0 = 0, b1 = 0] = exponents;
  return [
    b0 + bounded((h11 * g0 - h01 * g1) / determinant),
    b1 + bounded((h00 * g1 - h01 * g0) / determinant),
  ];
}

// A full Newton step may overshoot from far away.
function bounded(step: number): number {
  return Math.max(-1, Math.min(1, step));
}

function offsetOf({ affinity, expectation }: Dataset, row: number, exponents: readonly number[]): number {
  const a0 = affinity[row * AFFINITY_COUNT] ?? 0;
  const a1 = affinity[row * AFFINITY_COUNT + 1] ?? 0;
  const exponent = a0 * (exponents[0] ?? 0) + a1 * (exponents[1] ?? 0);
  return (expectation[row] ?? 0) * (exponent === 0 ? 1 : Math.exp(exponent));
}

/** base + Σ weight · relative of one row. */
export function mixtureAt(relative: Float32Array, row: number, weights: ArrayLike<number>): number {
  let mixture = weights[0] ?? 0;
  for (let k = 0; k < KERNEL_COUNT; k++) {
    mixture += (weights[k + 1] ?? 0) * (relative[row * KERNEL_COUNT + k] ?? 0);
  }
  return mixture;
}

function largestChange(before: readonly number[], after: readonly number[]): number {
  return before.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (after[i] ?? 0))), 0);
}
