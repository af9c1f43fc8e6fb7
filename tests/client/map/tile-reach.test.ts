/** Whether tiles can be reached: what the graticule and the map's zoom steps hang on. */
import { expect, test } from 'vitest';
import { TileReach } from '../../../client/map/tile-reach.ts';

function watched(): { reach: TileReach; told: boolean[] } {
  const told: boolean[] = [];
  return { reach: new TileReach((reached) => told.push(reached)), told };
}

test('is not doubted for a missing tile among others', () => {
  const { reach, told } = watched();
  for (let tile = 0; tile < 50; tile += 1) {
    if (tile % 2 === 0) reach.arrived();
    else expect(reach.failed()).toBe(false);
  }
  expect(new Set(told)).toEqual(new Set([true]));
});

test('is given up after a dozen failures in a row, once, until tiles are asked for anew', () => {
  const { reach, told } = watched();
  const given = Array.from({ length: 30 }, () => reach.failed());
  expect(given.indexOf(true)).toBe(11);
  expect(given.filter(Boolean)).toHaveLength(1);
  expect(told).toEqual([false]);
  reach.reset();
  expect(Array.from({ length: 12 }, () => reach.failed()).at(-1)).toBe(true);
});
