/** Scores on a map small enough to reckon by hand. */
import { describe, expect, it } from 'vitest';
import { Calibrator } from '../../../models/evaluation/calibration.ts';
import { choose, ranked, shuffled } from '../../../models/evaluation/ranking.ts';
import { Scorer } from '../../../models/evaluation/scores.ts';

const AREAS = new Float64Array(100).fill(1);

function counts(entries: Record<number, number>): Uint16Array {
  return Uint16Array.from({ length: 100 }, (_, cell) => entries[cell] ?? 0);
}

describe('Scorer', () => {
  it('pools hits over windows, and compares with the area and with the best choice', () => {
    const scorer = new Scorer(AREAS);
    const expected = Float64Array.from({ length: 100 }, (_, cell) => (cell < 10 ? 1 - cell / 100 : 0.01));
    scorer.add(expected, counts({ 0: 1, 50: 1 }), 0.05);
    scorer.add(expected, counts({ 1: 1, 9: 1 }), 0.05);
    const { byAreaShare, observed } = scorer.scores();
    expect(observed).toBe(4);
    expect(byAreaShare.map(({ hitRate }) => hitRate)).toEqual([0.25, 0.5, 0.5, 0.75]);
    expect(byAreaShare.map(({ pai }) => pai)).toEqual([25, 25, 10, 7.5]);
    // One cell could have had one incident of each window's two; two cells, both.
    expect(byAreaShare.map(({ pei }) => pei)).toEqual([0.5, 0.5, 0.5, 0.75]);
  });

  it('gains nothing by the uniform map, and what the logarithm says by a better one', () => {
    const uniform = new Scorer(AREAS);
    uniform.add(new Float64Array(100).fill(0.02), counts({ 3: 2 }), 0.02);
    expect(uniform.scores().informationGain).toBeCloseTo(0, 12);
    const sharp = new Scorer(AREAS);
    const expected = new Float64Array(100).fill(0.01);
    expected[3] = 1.01;
    sharp.add(expected, counts({ 3: 2 }), 0.02);
    expect(sharp.scores().informationGain).toBeCloseTo(Math.log(1.01 / 0.02), 12);
  });
});

describe('ranking', () => {
  it('breaks ties in a fixed order that is not the order of the cells', () => {
    const even = new Float64Array(100);
    const order = ranked(even, shuffled(100));
    expect(order).toEqual(ranked(even, shuffled(100)));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(100);
  });

  it('never fills more than the share, but takes one cell at least', () => {
    const areas = Float64Array.of(6, 3, 3, 3, 85);
    const order = Uint32Array.of(0, 1, 2, 3, 4);
    expect(choose(order, areas, [0.01, 0.1, 0.15])).toEqual([
      { share: 0.01, cells: 1, areaShare: 0.06 },
      { share: 0.1, cells: 2, areaShare: 0.09 },
      { share: 0.15, cells: 4, areaShare: 0.15 },
    ]);
  });
});

describe('Calibrator', () => {
  it('sets what was promised beside what came', () => {
    const calibrator = new Calibrator(0);
    calibrator.add(0.3, { lower: 0, upper: 1 }, 0);
    calibrator.add(0.4, { lower: 0, upper: 1 }, 2);
    const { withinInterval, withinIntervalPromised, bins } = calibrator.calibration();
    expect(withinInterval).toBe(0.5);
    expect(withinIntervalPromised).toBeCloseTo((1.3 * Math.exp(-0.3) + 1.4 * Math.exp(-0.4)) / 2, 10);
    expect(bins).toEqual([{ fromExpected: 0.25, forecasts: 2, expected: 0.7, observed: 2 }]);
  });
});
