/** Scores on a map small enough to reckon by hand. */
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../models/evaluation/bootstrap.ts';
import { choose, ranked, shuffled } from '../../../models/evaluation/ranking.ts';
import { ofShare, scoreFigures, Scorer, ScoringGround } from '../../../models/evaluation/scores.ts';

const AREAS = new Float64Array(100).fill(1);
const SHARES = [0.01, 0.02, 0.05, 0.1];

function counts(entries: Record<number, number>): Uint16Array {
  return Uint16Array.from({ length: 100 }, (_, cell) => entries[cell] ?? 0);
}

/** Figures of windows with the same forecast, each on a day of its own. */
function figures(
  expected: Float64Array,
  uniform: number,
  ...windows: Record<number, number>[]
): Record<string, number> {
  const ground = new ScoringGround(AREAS);
  const scorer = new Scorer(ground, windows.length);
  windows.forEach((entries, day) => {
    scorer.add(expected, ground.outcome(day, counts(entries), uniform));
  });
  return scoreFigures(totalOf(scorer.sums));
}

function atShares(of: Record<string, number>, figure: string): (number | undefined)[] {
  return SHARES.map((share) => of[ofShare(figure, share)]);
}

describe('Scorer', () => {
  it('pools hits over windows, and compares with the area and with the best choice', () => {
    const expected = Float64Array.from({ length: 100 }, (_, cell) => (cell < 10 ? 1 - cell / 100 : 0.01));
    const scores = figures(expected, 0.05, { 0: 1, 50: 1 }, { 1: 1, 9: 1 });
    expect(scores['observed']).toBe(4);
    expect(atShares(scores, 'hitRate')).toEqual([0.25, 0.5, 0.5, 0.75]);
    expect(atShares(scores, 'pai')).toEqual([25, 25, 10, 7.5]);
    // One cell could have had one incident of each window's two; two cells, both.
    expect(atShares(scores, 'pei')).toEqual([0.5, 0.5, 0.5, 0.75]);
  });

  it('gains nothing by the uniform map, and what the logarithm says by a better one', () => {
    expect(figures(new Float64Array(100).fill(0.02), 0.02, { 3: 2 })['informationGain']).toBeCloseTo(0, 12);
    const sharp = new Float64Array(100).fill(0.01);
    sharp[3] = 1.01;
    const scores = figures(sharp, 0.02, { 3: 2 });
    expect(scores['informationGain']).toBeCloseTo(Math.log(1.01 / 0.02), 12);
    // (2 log 1.01 − 2) ÷ 2 incidents.
    expect(scores['logLikelihood']).toBeCloseTo(Math.log(1.01) - 1, 12);
    expect(scores['observedOverExpected']).toBeCloseTo(1, 12);
  });

  it('has no gain where an incident came that was thought impossible', () => {
    const expected = new Float64Array(100).fill(0.02);
    expected[3] = 0;
    expect(figures(expected, 0.02, { 3: 1 })['informationGain']).toBe(-Infinity);
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
