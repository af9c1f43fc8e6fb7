/** An area's cells are those whose centres lie inside: fixed by the boundary, shared with no neighbour. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellCentre, neighbours } from '../../../shared/cell.ts';
import { cellsOf } from '../../../server/force-areas/area-cells.ts';
import { squareKilometres } from '../../../server/force-areas/polygons.ts';
import { liesInside } from '../../support/area-shapes.ts';
import { box } from '../../support/box.ts';

it('holds the cells whose centres lie inside, not those in holes, and no others', () => {
  const hole = box(-0.06, 51.52, -0.04, 51.54);
  const polygons = [[box(-0.1, 51.5, 0, 51.55), hole], [box(0.1, 51.5, 0.15, 51.52)]];
  const cells = cellsOf(polygons);
  const inside = (cell: string): boolean => {
    const [latitude, longitude] = cellCentre(cell);
    return liesInside(polygons, [longitude, latitude]);
  };
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells.filter((cell) => !inside(cell))).toEqual([]);
  const around = new Set(cells.flatMap(neighbours));
  expect([...around].filter((cell) => !cells.includes(cell) && inside(cell))).toEqual([]);
  expect(cells.length / (squareKilometres(polygons) / 0.105)).toBeCloseTo(1, 0);
});

it('shares none between neighbours', () => {
  fc.assert(
    fc.property(fc.double({ min: -0.09, max: -0.01, noNaN: true }), (border) => {
      const west = cellsOf([[box(-0.1, 51.5, border, 51.55)]]);
      const east = new Set(cellsOf([[box(border, 51.5, 0, 51.55)]]));
      expect(west.filter((cell) => east.has(cell))).toEqual([]);
      expect(west.length + east.size).toBe(cellsOf([[box(-0.1, 51.5, 0, 51.55)]]).length);
    }),
    { numRuns: 30 },
  );
});

it('has a cell for an island that holds no centre', () => {
  expect(cellsOf([[box(0, 51, 0.0001, 51.0001)]])).toHaveLength(1);
});
