/** Forecasts of like expectation together, day by day: what calibration is read from, as a slope and by tenths. */
import type { BlockSums } from './bootstrap.ts';

// Ten bins for each factor of e, from 10⁻⁷ to 3,000 incidents.
const PER_FACTOR_E = 10;
const LOWEST_LOG = -16;
const BINS = 240;
/** Per bin: forecasts, expected, observed. */
const PER_BIN = 3;
const WIDTH = BINS * PER_BIN;
export const TENTHS = 10;

export class ExpectationBins {
  readonly sums: BlockSums;

  constructor(blocks: number) {
    this.sums = Array.from({ length: blocks }, () => new Float64Array(WIDTH));
  }

  /** One window: an entry per cell. */
  add(block: number, expected: ArrayLike<number>, observed: Uint16Array): void {
    const sums = this.sums[block];
    if (sums === undefined) throw new RangeError(`there is no block ${String(block)}`);
    for (let cell = 0; cell < observed.length; cell++) {
      const mean = expected[cell] ?? 0;
      const first = PER_BIN * binOf(mean);
      sums[first] = (sums[first] ?? 0) + 1;
      sums[first + 1] = (sums[first + 1] ?? 0) + mean;
      sums[first + 2] = (sums[first + 2] ?? 0) + (observed[cell] ?? 0);
    }
  }

  /** Which tenth of all forecasts each bin belongs to, from the lowest expectations to the highest. */
  tenths(): Uint8Array {
    const forecasts = new Float64Array(BINS);
    for (const block of this.sums) {
      forecasts.forEach((sum, bin) => (forecasts[bin] = sum + (block[PER_BIN * bin] ?? 0)));
    }
    const all = forecasts.reduce((sum, count) => sum + count, 0);
    let below = 0;
    return Uint8Array.from(forecasts, (count) => {
      const middle = (below + count / 2) / all;
      below += count;
      return Math.min(TENTHS - 1, Math.floor(TENTHS * middle));
    });
  }
}

function binOf(mean: number): number {
  const log = mean > 0 ? Math.log(mean) : -Infinity;
  return Math.min(BINS - 1, Math.max(0, Math.floor((log - LOWEST_LOG) * PER_FACTOR_E)));
}

export interface Tenth {
  forecasts: number;
  expected: number;
  observed: number;
}

/** Of sums: what was expected and what came in each tenth. */
export function byTenth(total: Float64Array, tenths: Uint8Array): Tenth[] {
  const rows = Array.from({ length: TENTHS }, () => ({ forecasts: 0, expected: 0, observed: 0 }));
  tenths.forEach((tenth, bin) => {
    const row = rows[tenth];
    if (row === undefined) return;
    row.forecasts += total[PER_BIN * bin] ?? 0;
    row.expected += total[PER_BIN * bin + 1] ?? 0;
    row.observed += total[PER_BIN * bin + 2] ?? 0;
  });
  return rows;
}

const MOST_STEPS = 30;
const TOLERANCE = 1e-9;

/**
 * The slope b of log(observed) = a + b · log(expected), by Poisson regression on the bins (Cox 1958; Miller, Hui &
 * Tierney 1991, there for yes and no): 1 where differences between forecasts are right, below 1 where they are
 * overdone, above where they are too timid. NaN where all forecasts are the same.
 */
export function calibrationSlope(total: Float64Array): number {
  const bins: { forecasts: number; observed: number; x: number }[] = [];
  let [sumObserved, sumExpected] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const forecasts = total[PER_BIN * bin] ?? 0;
    const expected = total[PER_BIN * bin + 1] ?? 0;
    const observed = total[PER_BIN * bin + 2] ?? 0;
    if (!(expected > 0)) continue;
    bins.push({ forecasts, observed, x: Math.log(expected / forecasts) });
    sumObserved += observed;
    sumExpected += expected;
  }
  if (bins.length < 2 || sumObserved === 0) return NaN;
  let [a, b] = [Math.log(sumObserved / sumExpected), 1];
  for (let step = 0; step < MOST_STEPS; step++) {
    let [gradientA, gradientB, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (const { forecasts, observed, x } of bins) {
      const fitted = forecasts * Math.exp(a + b * x);
      gradientA += observed - fitted;
      gradientB += (observed - fitted) * x;
      aa += fitted;
      ab += fitted * x;
      bb += fitted * x * x;
    }
    const determinant = aa * bb - ab * ab;
    const stepA = (bb * gradientA - ab * gradientB) / determinant;
    const stepB = (aa * gradientB - ab * gradientA) / determinant;
    // Far from the maximum a whole step overshoots.
    const damping = Math.min(1, 1 / Math.max(Math.abs(stepA), Math.abs(stepB)));
    a += damping * stepA;
    b += damping * stepB;
    if (Math.abs(stepA) + Math.abs(stepB) < TOLERANCE) break;
  }
  return b;
}
