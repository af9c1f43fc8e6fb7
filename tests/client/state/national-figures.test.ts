/** In which order a wall lists forces: who needs a look comes first. */
import { expect, it } from 'vitest';
import { byNeed, type ForceFigures } from '../../../client/state/national-figures.ts';

const own = (force: ForceFigures['force'], change: Partial<ForceFigures> = {}): ForceFigures => ({
  ...{ force, data: 'live', feeds: { live: 1, late: 0, silent: 0 }, count: 5, usual: 5, against: 'usual' },
  hotspots: 3,
  ...change,
});

it('is silent, late, above what is usual, then by count, and last those of which nothing is known', () => {
  const ordered = byNeed([
    own('surrey', { data: 'none', count: null }),
    own('kent', { count: 9 }),
    own('essex', { count: 200 }),
    own('norfolk', { count: 7, against: 'above' }),
    own('durham', { data: 'late' }),
    own('dorset', { data: 'silent', count: null }),
    own('sussex', { count: 9 }),
  ]);
  expect(ordered.map(({ force }) => force)).toEqual([
    ...['dorset', 'durham', 'norfolk', 'essex', 'kent', 'sussex', 'surrey'],
  ]);
});
