/** One window's score on a map small enough to reckon by hand, and windows that add up as a backtest's do. */
import { describe, expect, it } from 'vitest';
import { chanceAtMost } from '../../../models/interval.ts';
import { AREA_SHARES } from '../../../models/evaluation/ranking.ts';
import { ofShare, scoreFigures, Scorer, ScoringGround } from '../../../models/evaluation/scores.ts';
import { scoreWindow } from '../../../models/evaluation/window-score.ts';
import { seededRandom } from '../../support/known-incidents.ts';

const CELLS = 100;
const GROUND = new ScoringGround(new Float64Array(CELLS).fill(1));

function counts(entries: Record<number, number>): Uint16Array {
  return Uint16Array.from({ length: CELLS }, (_, cell) => entries[cell] ?? 0);
}

describe('a window’s score', () => {
  const expected = Float64Array.from({ length: CELLS }, (_, cell) => (cell < 10 ? 0.9 - cell / 100 : 0.01));
  const score = scoreWindow({
    ...{ ground: GROUND, expected, dispersion: 0.2 },
    lastYear: counts({ 50: 20, 51: 10 }),
    observed: counts({ 0: 1, 50: 2 }),
  });

  it('counts what the best cells of each map held', () => {
    expect(score.model.byAreaShare.map(({ hits }) => hits)).toEqual([1, 1, 1, 1]);
    expect(score.naiveMap.byAreaShare.map(({ hits }) => hits)).toEqual([2, 2, 2, 2]);
    expect(score.model.byAreaShare.map(({ bestHits }) => bestHits)).toEqual([2, 3, 3, 3]);
    expect(score.model.byAreaShare.map(({ areaShare }) => areaShare)).toEqual([...AREA_SHARES]);
    expect(score.model.observed).toBe(3);
  });

  it('lets both maps expect as many, and sets both beside the even spread', () => {
    const total = expected.reduce((sum, mean) => sum + mean, 0);
    expect(score.model.expected).toBeCloseTo(total, 10);
    expect(score.naiveMap.expected).toBeCloseTo(total, 10);
    const [mean, perIncident] = [total / CELLS, total / (30 + CELLS)];
    expect(score.model.gain).toBeCloseTo(Math.log(0.9 / mean) + 2 * Math.log(0.01 / mean), 10);
    expect(score.naiveMap.gain).toBeCloseTo(
      Math.log(perIncident / mean) + 2 * Math.log((21 * perIncident) / mean),
      10,
    );
  });
});

it('is nothing gained or lost where nothing happened', () => {
  const quiet = scoreWindow({
    ...{ ground: GROUND, expected: new Float64Array(CELLS).fill(0.02), dispersion: 0.2 },
    ...{ lastYear: counts({ 3: 4 }), observed: counts({}) },
  });
  expect(quiet.model.observed).toBe(0);
  expect(quiet.model.gain).toBeCloseTo(0, 12);
  expect(quiet.naiveMap.gain).toBeCloseTo(0, 12);
});

it('adds up over windows to what a backtest counts', () => {
  const random = seededRandom(7);
  const scorer = new Scorer(GROUND, 1);
  const sums = { gain: 0, hits: 0, bestHits: 0 };
  for (let window = 0; window < 20; window++) {
    const expected = Float64Array.from({ length: CELLS }, () => random() ** 3);
    const observed = Uint16Array.from(expected, (mean) => (random() < mean ? 1 : 0));
    const uniform = expected.reduce((sum, mean) => sum + mean, 0) / CELLS;
    scorer.add(expected, GROUND.outcome(0, observed, uniform));
    const score = scoreWindow({ ground: GROUND, expected, observed, lastYear: observed, dispersion: 0.1 });
    sums.gain += score.model.gain;
    sums.hits += score.model.byAreaShare[3]?.hits ?? 0;
    sums.bestHits += score.model.byAreaShare[3]?.bestHits ?? 0;
  }
  const figures = scoreFigures(scorer.sums[0] ?? new Float64Array());
  expect(figures['informationGain']).toBeCloseTo(sums.gain / (figures['observed'] ?? 0), 10);
  expect(figures[ofShare('pei', 0.1)]).toBeCloseTo(sums.hits / sums.bestHits, 10);
});

/** A count drawn from the negative binomial whose variance is mean · (1 + θ), by adding up its chances. */
function drawn(mean: number, theta: number, u: number): number {
  let count = 0;
  while (chanceAtMost(count, mean, theta) < u) count++;
  return count;
}

it.each([
  ['as much as it was said to', 0.5, 0.78, 0.82],
  ['more than was said', 0.02, 0.5, 0.76],
])('covers 80 %% where counts scatter %s', (_, dispersion, least, most) => {
  const random = seededRandom(11);
  let [coverage, cells] = [0, 0];
  for (let window = 0; window < 100; window++) {
    const expected = Float64Array.from({ length: CELLS }, () => 3 * random());
    const observed = Uint16Array.from(expected, (mean) => drawn(mean, 0.5, random()));
    const score = scoreWindow({ ...{ ground: GROUND, expected, observed, dispersion }, lastYear: observed });
    coverage += score.coverage80;
    cells += score.cells;
  }
  expect(coverage / cells).toBeGreaterThan(least);
  expect(coverage / cells).toBeLessThan(most);
});
