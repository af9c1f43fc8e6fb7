/** An address for a wall, from what can be measured in the room. */
import { expect, it } from 'vitest';
import { wallAddress } from '../../../client/look/wall-address.ts';
import { wallScreen } from '../../../client/look/wall-screen.ts';

it('names distance and width, from a diagonal or measured', () => {
  expect(wallAddress({ distanceMetres: 8, diagonalInches: 55, widthMillimetres: null })).toEqual({
    query: '?distance=8&width=1218',
    widthMillimetres: 1_218,
    capitalMillimetres: 37,
    lines: 10,
  });
  const measured = wallAddress({ distanceMetres: 6, diagonalInches: 55, widthMillimetres: 2_435 });
  expect(measured?.query).toBe('?distance=6&width=2435');
  expect(measured?.lines).toBe(28);
});

it('is what a wall reads back', () => {
  const address = wallAddress({ distanceMetres: 7.5, diagonalInches: 65, widthMillimetres: null });
  expect(wallScreen(address?.query ?? '', { width: 3_840, ratio: 2 })).toEqual({
    distanceMetres: 7.5,
    pixelsPerMillimetre: 3_840 / 1_439,
  });
});

it.each([
  { distanceMetres: 0, diagonalInches: 55, widthMillimetres: null },
  { distanceMetres: 6, diagonalInches: null, widthMillimetres: null },
  { distanceMetres: 6, diagonalInches: 2, widthMillimetres: null },
])('is none where no such screen can be: %o', (place) => {
  expect(wallAddress(place)).toBeNull();
});
