/** Between ticks a ranking is told again only where it has changed, and then of the cells that changed it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankHotspots } from '../../../server/hotspots/rank.ts';
import { StandingRanking } from '../../../server/hotspots/standing-ranking.ts';

/** Two hotspots. */
const CELLS = Array.from({ length: 200 }, (_, index) => String(index).padStart(4, '0'));
const among = (values: readonly number[]): Float32Array<ArrayBuffer> => {
  const all = new Float32Array(CELLS.length);
  all.set(values);
  return all;
};

describe('a ranking', () => {
  const ranking = new StandingRanking();
  ranking.rank(CELLS, among([3, 2, 1, 0.5]));

  it.each([
    ['a hotspot that moves by more than 5 %', [1], [3, 2.2, 1, 0.5], true],
    ['a hotspot that moves by less', [1], [3, 2.05, 1, 0.5], false],
    ['a cell that overtakes the last', [2], [3, 2, 2.01, 0.5], true],
    ['a cell that stays below', [2, 3], [3, 2, 1.9, 1.9], false],
    ['a hotspot that moved and was not touched', [3], [9, 2, 1, 0.6], false],
    ['a cell that is new', [4], [3, 2, 1, 0.5, 2.5], true],
  ])('is changed by %s: %j', (_, touched, now, is) => {
    expect(ranking.isChangedBy(Int32Array.from(touched), among(now))).toBe(is);
  });

  it('without hotspots is changed by the first cell that expects anything', () => {
    const empty = new StandingRanking();
    empty.rank(CELLS, among([]));
    expect(empty.isChangedBy(Int32Array.of(0), among([0]))).toBe(false);
    expect(empty.isChangedBy(Int32Array.of(0), among([0.1]))).toBe(true);
  });
});

describe('ranked again after some cells were touched', () => {
  const touches = fc.array(
    fc.array(fc.tuple(fc.nat(CELLS.length - 1), fc.integer({ min: 0, max: 8 })), {
      minLength: 1,
      maxLength: 6,
    }),
    { maxLength: 20 },
  );

  it('is what ranking all cells gives, told or not in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(8), { maxLength: 200 }), touches, fc.nat(19), (before, series, newAt) => {
        const standing = new StandingRanking();
        let expected = among(before);
        standing.rank(CELLS, expected);
        for (const [turn, changes] of series.entries()) {
          // All is computed anew now and then: any cell may be another.
          if (turn === newAt) expected = expected.map((value) => 8 - value);
          for (const [index, value] of changes) expected[index] = value;
          const touched = Int32Array.from(changes, ([index]) => index);
          if (turn !== newAt && !standing.isChangedBy(touched, expected)) continue;
          expect(standing.rank(CELLS, expected, touched)).toEqual(rankHotspots(CELLS, expected));
        }
      }),
      // Two that expect the same as the last hotspot: the cell's name decides.
      {
        examples: [
          [
            [0, 0, 8, 1],
            [
              [
                [4, 8],
                [0, 0],
              ],
              [[0, 8]],
              [
                [2, 0],
                [3, 8],
              ],
            ],
            3,
          ],
        ],
      },
    );
  });

  it('looks at all cells once a hotspot has fallen below what the last expected, or it was told to forget', () => {
    const standing = new StandingRanking();
    const expected = among([3, 2, 1]);
    standing.rank(CELLS, expected);
    expected[0] = 0.5;
    expect(standing.rank(CELLS, expected, Int32Array.of(0)).map(({ index }) => index)).toEqual([1, 2]);
    expected[9] = 9;
    standing.forget();
    expect(standing.rank(CELLS, expected, Int32Array.of(0)).map(({ index }) => index)).toEqual([9, 1]);
  });
});
