/** Ids of simulated incidents: all different, in a form that feeds may use, and none that tells of a cluster. */
import { expect, it } from 'vitest';
import { Ids } from '../../../server/simulator/ids.ts';

const START_MS = Date.UTC(2026, 2, 2);

function some(ids: Ids, kind: 'usual' | 'extra', count = 20_000): string[] {
  return Array.from({ length: count }, () => ids.next(kind));
}

it('gives every incident of a city an id of its own', () => {
  const ids = new Ids(START_MS);
  const given = [...some(ids, 'usual'), ...some(ids, 'extra')];
  expect(new Set(given).size).toBe(given.length);
  expect(given.filter((id) => !/^[A-Za-z0-9:._-]{1,128}$/.test(id))).toEqual([]);
});

it('gives those of a cluster no names that they have in another run', () => {
  const tail = (id: string): string => id.split('-')[2] ?? '';
  const [one, other] = [START_MS, START_MS + 1].map((startMs) =>
    some(new Ids(startMs), 'extra', 100).map(tail),
  );
  expect(other?.filter((id) => one?.includes(id))).toEqual([]);
});
