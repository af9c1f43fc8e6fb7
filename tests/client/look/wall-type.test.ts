/** Type on a wall is as large as the standard asks for at the farthest seat. */
import { describe, expect, it } from 'vitest';
import { USUAL_WALL, wallScreen, widthOfDiagonal } from '../../../client/look/wall-screen.ts';
import { CAPITAL_SHARE, characterMillimetres, typeSizes } from '../../../client/look/wall-type.ts';

const HD = { width: 1_920, ratio: 1 };

describe('characters', () => {
  it('are 28 mm high for 16 minutes of arc at 6 m, and 35 to 38 mm for 20 to 22', () => {
    expect([16, 20, 22].map((minutes) => Math.round(characterMillimetres(minutes, 6)))).toEqual([28, 35, 38]);
  });

  it('grow with the distance', () => {
    expect(characterMillimetres(16, 10) / characterMillimetres(16, 5)).toBeCloseTo(2);
  });
});

describe('type on a wall', () => {
  it('is so large that its capitals are', () => {
    const sizes = typeSizes({ distanceMetres: 6, pixelsPerMillimetre: 2 });
    const millimetres = (pixels: number): number => (pixels * CAPITAL_SHARE) / 2;
    expect(millimetres(sizes.smallest)).toBeGreaterThanOrEqual(characterMillimetres(16, 6));
    expect(millimetres(sizes.smallest)).toBeLessThan(28.1);
    expect(millimetres(sizes.heading)).toBeGreaterThan(34.9);
    expect(millimetres(sizes.heading)).toBeLessThan(38.4);
    expect(sizes.body).toBeGreaterThan(sizes.smallest);
    expect(sizes.figure).toBeGreaterThan(sizes.heading);
  });

  it('takes as much of a 4K screen as of one with half its pixels', () => {
    const of = (width: number): number => typeSizes(wallScreen('', { width, ratio: 1 })).smallest / width;
    expect(of(3_840)).toBeCloseTo(of(1_920), 4);
  });
});

describe('the screen', () => {
  it('is one of 110 inches read from 6 m where the address says nothing', () => {
    expect(widthOfDiagonal(110)).toBe(USUAL_WALL.widthMillimetres);
    expect(wallScreen('', HD)).toEqual({ distanceMetres: 6, pixelsPerMillimetre: 1_920 / 2_435 });
  });

  it('is told by its width, or by its density whatever the browser calls a pixel', () => {
    expect(wallScreen('?distance=8&width=1210', HD)).toEqual({
      distanceMetres: 8,
      pixelsPerMillimetre: 1_920 / 1_210,
    });
    expect(wallScreen('?distance=8&ppi=40', HD).pixelsPerMillimetre).toBeCloseTo(40 / 25.4);
    expect(wallScreen('?ppi=80', { width: 1_920, ratio: 2 }).pixelsPerMillimetre).toBeCloseTo(40 / 25.4);
  });

  it.each(['?distance=0', '?distance=near&ppi=&width=1', '?distance=400&ppi=4000&width=-3'])(
    'is the usual one where the address cannot be meant: %s',
    (query) => {
      expect(wallScreen(query, HD)).toEqual(wallScreen('', HD));
    },
  );
});
