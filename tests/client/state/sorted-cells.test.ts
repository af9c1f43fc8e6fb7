/** The map's rows: which they are, and in which order. */
import { describe, expect, it } from 'vitest';
import { cellRows, orderBy, sortedRows, type Column } from '../../../client/state/sorted-cells.ts';

const hotspot = (rank: number, cell: string, expected: number) => ({
  ...{ rank, cell, expected, lower: 0, upper: 3 - rank, observed: rank },
});
const HEAT = new Map([
  ['a', 1],
  ['b', 5],
  ['d', 5],
]);
const TRENDS = new Map([
  ['b', [0, 9, 0, 1, 0, 2]],
  ['c', [0, 0, 0, 0, 3, 3]],
]);
const ROWS = cellRows(HEAT, [hotspot(1, 'b', 2), hotspot(2, 'c', 1)], TRENDS);
const distance = (cell: string): number => 'abcd'.indexOf(cell);
const order = (column: Column, ascending: boolean): string =>
  sortedRows(ROWS, { column, ascending }, distance)
    .map(({ cell }) => cell)
    .join('');

describe('the rows', () => {
  it('are the hexagons in which something happened or is ranked, each once', () => {
    expect(ROWS.map(({ cell }) => cell).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(ROWS.find(({ cell }) => cell === 'c')).toMatchObject({ happened: 0, hotspot: { rank: 2 } });
    expect(ROWS.find(({ cell }) => cell === 'a')?.hotspot).toBeNull();
  });

  it('sort either way, what has no value last', () => {
    expect(order('rank', true)).toBe('bcda');
    expect(order('rank', false)).toBe('cbda');
    expect(order('expected', false)).toBe('bcda');
    expect(order('happened', false)).toBe('bdac');
    expect(order('happened', true)).toBe('cabd');
    expect(order('place', true)).toBe('abcd');
    expect(order('interval', true)).toBe('cbda');
    expect(order('before', true)).toBe('bcda');
    expect(order('trend', false)).toBe('cbda');
  });

  it('turn round when their column is chosen again, and begin as one reads the column', () => {
    expect(orderBy('expected', { column: 'rank', ascending: true })).toEqual({
      column: 'expected',
      ascending: false,
    });
    expect(orderBy('rank', { column: 'rank', ascending: true })).toEqual({
      column: 'rank',
      ascending: false,
    });
    expect(orderBy('place', { column: 'rank', ascending: true }).ascending).toBe(true);
  });
});
