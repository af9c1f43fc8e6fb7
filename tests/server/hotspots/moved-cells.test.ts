/** A cell is told of again once its expectation has moved by more than 5 %. */
import { describe, expect, it } from 'vitest';
import { MovedCells } from '../../../server/hotspots/moved-cells.ts';

describe('moved cells', () => {
  it('are all cells that expect anything, the first time', () => {
    expect(new MovedCells().take(['a', 'b', 'c'], Float32Array.of(1, 0, 0.5))).toEqual([
      ['a', 1],
      ['c', 0.5],
    ]);
  });

  it('are those that moved by more than 5 % since they were told of, up or down', () => {
    const moved = new MovedCells();
    moved.take(['a', 'b', 'c'], Float32Array.of(1, 1, 1));
    expect(moved.take(['a', 'b', 'c'], Float32Array.of(1.04, 1.06, 0.94))).toEqual([
      ['b', 1.06],
      ['c', 0.94],
    ]);
  });

  it('are told by their share, however little they expect', () => {
    const moved = new MovedCells();
    moved.take(['a', 'b'], Float32Array.of(0.001, 100));
    expect(moved.take(['a', 'b'], Float32Array.of(0.00104, 104))).toEqual([]);
    expect(moved.take(['a', 'b'], Float32Array.of(0.00106, 106))).toHaveLength(2);
  });

  it('are found however slowly they creep', () => {
    const moved = new MovedCells();
    moved.take(['a'], Float32Array.of(1));
    const told = [1.02, 1.04, 1.06, 1.08].map((now) => moved.take(['a'], Float32Array.of(now)).length);
    expect(told).toEqual([0, 0, 1, 0]);
  });

  it('include cells that are new, and those that fall to nothing', () => {
    const moved = new MovedCells();
    moved.take(['a'], Float32Array.of(1));
    expect(moved.take(['a', 'b'], Float32Array.of(1, 2))).toEqual([['b', 2]]);
    expect(moved.take(['a', 'b'], Float32Array.of(0, 2))).toEqual([['a', 0]]);
    expect(moved.take(['a', 'b'], Float32Array.of(0, 2))).toEqual([]);
  });

  it('are looked for among the touched only, where these are named; others are found later', () => {
    const moved = new MovedCells();
    moved.take(['a', 'b', 'c'], Float32Array.of(1, 1, 1));
    expect(moved.take(['a', 'b', 'c'], Float32Array.of(2, 2, 1), Int32Array.of(1, 2))).toEqual([['b', 2]]);
    expect(moved.take(['a', 'b', 'c'], Float32Array.of(2, 2, 1))).toEqual([['a', 2]]);
  });

  it('are told to four digits', () => {
    expect(new MovedCells().take(['a'], Float32Array.of(0.123456789))).toEqual([['a', 0.1235]]);
  });

  it('go on from what was told before, and from what was told since, wherever its cells stand now', () => {
    const before = new MovedCells();
    before.take(['a', 'b'], Float32Array.of(1, 1));
    const moved = new MovedCells(before.announced);
    const said = { b: 2, c: 3, elsewhere: 4 };
    moved.said(['a', 'b', 'c', 'd'], new Map(Object.entries(said)));
    expect(moved.take(['a', 'b', 'c', 'd'], Float32Array.of(1, 1, 3, 1), Int32Array.of(0))).toEqual([]);
    expect(moved.take(['a', 'b', 'c', 'd'], Float32Array.of(1, 1, 3, 1))).toEqual([
      ['b', 1],
      ['d', 1],
    ]);
  });
});
