/** Calibration by slope and by tenths: what was planted is found. */
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../models/evaluation/bootstrap.ts';
import { byTenth, calibrationSlope, ExpectationBins } from '../../../models/evaluation/expectation-bins.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
  return count;
}

/** Forecasts from 0.01 to 1 incident, of which `truth` says what is really to be expected. */
function bins(truth: (expected: number) => number): ExpectationBins {
  const random = seededRandom(5);
  const collected = new ExpectationBins(10);
  for (let day = 0; day < 10; day++) {
    const expected = Float64Array.from({ length: 5_000 }, () => 0.01 * 100 ** random());
    collected.add(
      day,
      expected,
      Uint16Array.from(expected, (mean) => poisson(truth(mean), random)),
    );
  }
  return collected;
}

describe('calibrationSlope', () => {
  it.each([
    ['right', 1, (mean: number) => mean],
    ['right but for the level', 1, (mean: number) => 0.5 * mean],
    ['overdone', 0.5, (mean: number) => 0.3 * Math.sqrt(mean)],
    ['too timid', 1.5, (mean: number) => mean ** 1.5],
  ])('is what it should be where differences are %s', (_, slope, truth) => {
    expect(calibrationSlope(totalOf(bins(truth).sums))).toBeCloseTo(slope, 1);
  });

  it('has no value where all forecasts are the same', () => {
    const same = new ExpectationBins(1);
    same.add(0, new Float64Array(10).fill(0.1), new Uint16Array(10).fill(1));
    expect(calibrationSlope(totalOf(same.sums))).toBeNaN();
  });
});

describe('byTenth', () => {
  it('puts as many forecasts in each tenth, the least expected first, and leaves none out', () => {
    const collected = bins((mean) => mean);
    const tenths = byTenth(totalOf(collected.sums), collected.tenths());
    expect(tenths.reduce((sum, { forecasts }) => sum + forecasts, 0)).toBe(50_000);
    for (const { forecasts, expected, observed } of tenths) {
      expect(Math.abs(forecasts - 5_000)).toBeLessThan(1_000);
      expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
    const means = tenths.map(({ forecasts, expected }) => expected / forecasts);
    expect(means).toEqual([...means].sort((a, b) => a - b));
  });
});
