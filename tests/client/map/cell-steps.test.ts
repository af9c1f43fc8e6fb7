/** Steps over the map by keys: always to a neighbour, in about the direction of the key, and back again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARROWS, stepFrom, type Arrow } from '../../../client/map/cell-steps.ts';
import { cellAt, cellCentre, coarseCell, neighbours } from '../../../shared/cell.ts';

const BACK: Record<Arrow, Arrow> = {
  ArrowUp: 'ArrowDown',
  ArrowDown: 'ArrowUp',
  ArrowLeft: 'ArrowRight',
  ArrowRight: 'ArrowLeft',
};
const place = fc.record({
  lat: fc.double({ min: 50, max: 55.8, noNaN: true }),
  lon: fc.double({ min: -5.5, max: 1.7, noNaN: true }),
  coarse: fc.boolean(),
  arrow: fc.constantFrom(...(Object.keys(ARROWS) as Arrow[])),
});

describe('a step', () => {
  it('goes to a neighbour that lies in the direction of the arrow', () => {
    fc.assert(
      fc.property(place, ({ lat, lon, coarse, arrow }) => {
        const cell = coarse ? coarseCell(cellAt(lat, lon)) : cellAt(lat, lon);
        const next = stepFrom(cell, arrow);
        expect(neighbours(cell)).toContain(next);
        const [[latitude, longitude], [nextLatitude, nextLongitude]] = [cellCentre(cell), cellCentre(next)];
        const { north, east } = ARROWS[arrow];
        const way = (nextLatitude - latitude) * north + (nextLongitude - longitude) * east;
        expect(way).toBeGreaterThan(0);
      }),
    );
  });

  it('is taken back by the opposite arrow', () => {
    fc.assert(
      fc.property(place, ({ lat, lon, arrow }) => {
        const cell = cellAt(lat, lon);
        expect(stepFrom(stepFrom(cell, arrow), BACK[arrow])).toBe(cell);
      }),
    );
  });
});
