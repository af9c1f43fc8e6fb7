/** Last year's counts by theme and cell, and how much of them can be placed in a window. */
import { expect, it } from 'vitest';
import { LastYear } from '../../../server/scorecard/last-year.ts';
import { patch } from '../../support/known-incidents.ts';

const [here = '', there = '', nowhere = ''] = patch(1);

it('counts each theme in the cells asked for, in their order', () => {
  const lastYear = new LastYear([
    { cell: here, category: 'burglary', markers: [], timePrecision: 'minute', incidents: 3 },
    { cell: here, category: 'robbery', markers: ['knife'], timePrecision: 'minute', incidents: 2 },
    { cell: there, category: 'burglary', markers: [], timePrecision: 'day', incidents: 4 },
  ]);
  expect([...lastYear.of('all', [there, nowhere, here])]).toEqual([4, 0, 5]);
  expect([...lastYear.of('burglary', [here, there])]).toEqual([3, 4]);
  expect([...lastYear.of('knife-crime', [here, there])]).toEqual([2, 0]);
  expect([...lastYear.of('asb', [here, there])]).toEqual([0, 0]);
});

it('knows which share is timed finely enough for a horizon', () => {
  const at = (timePrecision: 'minute' | 'day' | 'month', incidents: number) => ({
    ...{ cell: here, category: 'burglary' as const, markers: [], timePrecision, incidents },
  });
  const lastYear = new LastYear([at('minute', 5), at('day', 3), at('month', 2)]);
  expect(lastYear.timedShare('all', 8)).toBe(0.5);
  expect(lastYear.timedShare('burglary', 24)).toBe(0.8);
  expect(lastYear.timedShare('violence', 24)).toBe(1);
});
