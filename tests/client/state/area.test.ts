/** Where the data lie. */
import { describe, expect, it } from 'vitest';
import { apart, areaOf, type WeightedPoint } from '../../../client/state/area.ts';

const town = Array.from({ length: 400 }, (_, n): WeightedPoint => [
  51 + (n % 20) * 0.01,
  -0.2 + Math.floor(n / 20) * 0.01,
  1,
]);

describe('the area of the data', () => {
  it('does not reach out to a stray incident', () => {
    const area = areaOf([...town, [58, -6, 1]]);
    expect(area?.north).toBeLessThan(51.3);
    expect(area?.west).toBeGreaterThan(-0.3);
  });

  it('has its centre where half the incidents lie on either side', () => {
    const area = areaOf([
      [51, 0, 1],
      [52, 1, 10],
      [53, 2, 2],
    ]);
    expect(area?.centre).toEqual([52, 1]);
  });

  it('is never a mere point', () => {
    const area = areaOf([[51, 0, 1]]);
    expect((area?.north ?? 0) - (area?.south ?? 0)).toBeCloseTo(0.02);
  });

  it('does not exist without data', () => {
    expect(areaOf([])).toBeUndefined();
  });

  it('tells two cities apart, and one city not from itself', () => {
    const here = areaOf(town);
    const there = areaOf(town.map(([lat, lon, weight]): WeightedPoint => [lat + 5, lon, weight]));
    expect(here && there && apart(here, there)).toBe(true);
    expect(here && apart(here, here)).toBe(false);
  });
});
