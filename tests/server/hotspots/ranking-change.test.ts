/** Between ticks a ranking is told again only where it has changed. */
import { describe, expect, it } from 'vitest';
import { RankingChange } from '../../../server/hotspots/ranking-change.ts';

describe('a ranking', () => {
  const announced = Float32Array.of(3, 2, 1, 0.5);
  const ranking = new RankingChange();
  ranking.announced(Int32Array.of(0, 1), announced);

  it.each([
    ['a hotspot that moves by more than 5 %', [1], [3, 2.2, 1, 0.5], true],
    ['a hotspot that moves by less', [1], [3, 2.05, 1, 0.5], false],
    ['a cell that overtakes the last', [2], [3, 2, 2.01, 0.5], true],
    ['a cell that stays below', [2, 3], [3, 2, 1.9, 1.9], false],
    ['a hotspot that moved and was not touched', [3], [9, 2, 1, 0.6], false],
    ['a cell that is new', [4], [3, 2, 1, 0.5, 2.5], true],
  ])('is changed by %s: %j', (_, touched, now, is) => {
    expect(ranking.isChangedBy(Int32Array.from(touched), Float32Array.from(now))).toBe(is);
  });

  it('without hotspots is changed by the first cell that expects anything', () => {
    const empty = new RankingChange();
    empty.announced(Int32Array.of(), Float32Array.of(0));
    expect(empty.isChangedBy(Int32Array.of(0), Float32Array.of(0))).toBe(false);
    expect(empty.isChangedBy(Int32Array.of(0), Float32Array.of(0.1))).toBe(true);
  });
});
