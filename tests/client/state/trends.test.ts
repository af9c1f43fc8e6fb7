/** A hotspot's trend has each incident of the last day once, in its two hours. */
import { expect, it } from 'vitest';
import { CellCounts } from '../../../client/state/cell-counts.ts';

const CELL = '89194ad30c3ffff';
const FROM = 1_000;
const trendOf = (steps: [step: number, change: number][]): number[] => {
  const counts = new CellCounts();
  for (const [step, change] of steps) counts.add(CELL, step, change);
  return counts.trend(CELL, { from: FROM, bins: 12, stepsPerBin: 8 });
};

it('counts two hours at a time, the oldest first', () => {
  expect(trendOf([[FROM, 2], [FROM + 7, 1], [FROM + 8, 4], [FROM + 95, 3]])).toEqual([3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]); // prettier-ignore
});

it('leaves out what is older, and keeps the step under way', () => {
  expect(trendOf([[FROM - 1, 5], [FROM + 96, 2]])).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]); // prettier-ignore
});

it('is of nothing where nothing came, and never less than nothing', () => {
  expect(trendOf([])).toEqual(new Array(12).fill(0));
  expect(trendOf([[FROM, -1]])).toEqual(new Array(12).fill(0));
});
