/** Calibration of a model's counts: promised and kept, by expectation, over all cells and the busiest. */
import { describe, expect, it } from 'vitest';
import { Resamples } from '../../../models/evaluation/bootstrap.ts';
import { Calibrator } from '../../../models/evaluation/calibration.ts';
import { ExpectationBins } from '../../../models/evaluation/expectation-bins.ts';
import type { Outcome } from '../../../models/evaluation/scores.ts';

function outcome(block: number, ...observed: number[]): Outcome {
  return { block, observed: Uint16Array.from(observed), uniform: 0.1, bestHits: new Float64Array(0) };
}

describe('Calibrator', () => {
  it('sets what was promised beside what came', () => {
    const calibrator = new Calibrator(0, 2);
    const expectations = new ExpectationBins(2);
    const expected = Float64Array.of(0.3, 0.4);
    const intervals = [outcome(0, 0, 2), outcome(1, 1, 1)].map((came) => {
      expectations.add(came.block, expected, came.observed);
      return calibrator.add(expected, came, new Set([1]));
    });
    expect(intervals[0]).toEqual([
      { lower: 0, upper: 1 },
      { lower: 0, upper: 1 },
    ]);
    const { withinInterval, withinIntervalPromised, bins, tenths, pit } = calibrator.calibration(
      expectations,
      new Resamples(2),
    );
    expect(withinInterval).toBe(0.75);
    expect(withinIntervalPromised).toBeCloseTo((1.3 * Math.exp(-0.3) + 1.4 * Math.exp(-0.4)) / 2, 10);
    expect(bins).toEqual([{ fromExpected: 0.25, forecasts: 4, expected: 1.4, observed: 4 }]);
    expect(tenths.map(({ forecasts, observed }) => [forecasts, observed])).toEqual([
      [2, 1],
      [2, 3],
    ]);
    expect([pit.all.forecasts, pit.busiest.forecasts]).toEqual([4, 2]);
  });
});
