/** What is told to who does not see the map. */
import { expect, it } from 'vitest';
import { hotspotNews, topCells } from '../../../client/state/announcements.ts';

const listed = (...cells: string[]) =>
  cells.map((cell, index) => ({
    ...{ rank: index + 1, cell, expected: 1, lower: 0, upper: 2 },
    observed: 0,
  }));

it('is nothing at first, and nothing while the same places lead in another order below the first', () => {
  expect(hotspotNews([], listed('a', 'b'))).toBeNull();
  expect(hotspotNews(['a', 'b', 'c'], listed('a', 'c', 'b'))).toBeNull();
  expect(hotspotNews(['a'], [])).toBeNull();
});

it('is another first place, and how many are new', () => {
  expect(hotspotNews(['a', 'b'], listed('b', 'a'))).toMatchObject({ first: { cell: 'b' }, newcomers: 0 });
  expect(hotspotNews(['a', 'b'], listed('a', 'b', 'c', 'd'))).toEqual({ first: null, newcomers: 2 });
});

it('is of the first ten only', () => {
  const many = Array.from({ length: 12 }, (_, index) => `cell ${index}`);
  expect(topCells(listed(...many))).toHaveLength(10);
  expect(hotspotNews(many.slice(0, 10), listed(...many.slice(0, 11), 'another'))).toBeNull();
});
