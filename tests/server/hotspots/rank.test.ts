/** The ranking is what sorting all cells would give, cut at the area share. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hotspotCount, rankHotspots } from '../../../server/hotspots/rank.ts';

const nameOf = (index: number): string => `cell-${String(index).padStart(6, '0')}`;

function sorted(cells: readonly string[], expected: readonly number[]): [string, number][] {
  return cells
    .map((cell, index): [string, number] => [cell, expected[index] ?? 0])
    .filter(([, value]) => value > 0)
    .sort(([oneCell, one], [otherCell, other]) => other - one || (oneCell < otherCell ? -1 : 1))
    .slice(0, hotspotCount(cells.length));
}

describe('the number of hotspots', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
    [1_000, 10],
    [5_000, 50],
    [100_000, 50],
  ])('of %i cells is %i', (cells, count) => {
    expect(hotspotCount(cells)).toBe(count);
  });
});

describe('the ranking', () => {
  it('puts the highest first and counts ranks from 1', () => {
    const cells = Array.from({ length: 200 }, (_, index) => nameOf(index));
    const expected = Float32Array.from(cells, (_, index) => (index === 7 ? 5 : index === 150 ? 9 : 0.1));
    expect(rankHotspots(cells, expected)).toEqual([
      { rank: 1, cell: nameOf(150), index: 150, expected: 9 },
      { rank: 2, cell: nameOf(7), index: 7, expected: 5 },
    ]);
  });

  it('orders equal expectations by the name of their cell, wherever they stand', () => {
    const cells = ['c', 'a', 'd', 'b'];
    const many = Array.from({ length: 300 }, (_, index) => nameOf(index));
    const ranked = rankHotspots([...many, ...cells], [...many.map(() => 0), 1, 1, 1, 1]);
    expect(ranked.map(({ cell }) => cell)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('has no hotspot where nothing is expected', () => {
    expect(rankHotspots(['a', 'b'], [0, NaN])).toEqual([]);
    expect(rankHotspots([], [])).toEqual([]);
  });

  it('is what sorting would give', () => {
    const values = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.float({ min: 0, max: 10, noNaN: true }));
    fc.assert(
      fc.property(fc.array(values, { maxLength: 2_000 }), fc.nat(), (expected, turn) => {
        // Names out of the order of places, so that neither stands in for the other.
        const cells = expected.map((_, index) => nameOf((index * 7_919 + turn) % 1_000_003));
        const ranked = rankHotspots(cells, expected);
        expect(ranked.map(({ cell, expected: value }) => [cell, value])).toEqual(sorted(cells, expected));
        ranked.forEach(({ rank, index, cell }, position) => {
          expect(rank).toBe(position + 1);
          expect(cells[index]).toBe(cell);
        });
      }),
      { numRuns: 60 },
    );
  });
});
