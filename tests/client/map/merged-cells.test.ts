/** Zoomed out, cells become coarser ones, and nothing is lost or made up on the way. */
import fc from 'fast-check';
import { getResolution } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { drawnResolution, mergeCells, parentAt } from '../../../client/map/merged-cells.ts';
import { cellAt, coarseCell } from '../../../shared/cell.ts';

const UNIT = 10.8;
/** In London. */
const metresPerPixel = (zoom: number): number =>
  (40_075_017 * Math.cos((51.5 * Math.PI) / 180)) / (256 * 2 ** zoom);
const resolutionAt = (zoom: number, finest = 9): number =>
  drawnResolution(finest, metresPerPixel(zoom), UNIT);

describe('the resolution that is drawn', () => {
  it('is the cells’ own while they can be seen, and coarser the farther out the map is', () => {
    expect([16, 13, 11].map((zoom) => resolutionAt(zoom))).toEqual([9, 9, 9]);
    const out = [10.5, 9.5, 8, 7, 6, 5].map((zoom) => resolutionAt(zoom));
    expect(out[0]).toBeLessThan(9);
    expect(out).toEqual(out.toSorted((a, b) => b - a));
    expect(new Set(out).size).toBeGreaterThan(3);
  });

  it('is the same on a screen of twice the pixels that shows the same', () => {
    for (const zoom of [5, 7, 9.25, 10, 12])
      expect(drawnResolution(9, metresPerPixel(zoom + 1), 2 * UNIT)).toBe(resolutionAt(zoom));
  });

  it('of coarse cells stays coarse longer', () => {
    expect(resolutionAt(9, 7)).toBe(7);
    expect(resolutionAt(6, 7)).toBeLessThan(7);
  });
});

const places = fc.array(
  fc.record({
    lat: fc.double({ min: 50, max: 55, noNaN: true }),
    lon: fc.double({ min: -5, max: 1, noNaN: true }),
    coarse: fc.boolean(),
    value: fc.integer({ min: 0, max: 1_000 }),
  }),
  { maxLength: 200 },
);
const partsOf = (drawn: { lat: number; lon: number; coarse: boolean; value: number }[]) =>
  drawn.map(({ lat, lon, coarse, value }) => {
    const cell = cellAt(lat, lon);
    return { cell: coarse ? coarseCell(cell) : cell, value };
  });

describe('merging', () => {
  it('keeps the sum at every zoom, puts each part into the cell it lies in, and none into two', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 9 }), (drawn, resolution) => {
        const parts = partsOf(drawn);
        const merged = mergeCells(parts, resolution, ({ value }) => value);
        const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
        expect(sum(merged.map((own) => own.sum))).toBe(sum(parts.map(({ value }) => value)));
        expect(merged.flatMap((own) => own.parts)).toHaveLength(parts.length);
        expect(new Set(merged.map(({ cell }) => cell)).size).toBe(merged.length);
        for (const own of merged) {
          expect(getResolution(own.cell)).toBeLessThanOrEqual(9);
          for (const part of own.parts) expect(parentAt(part.cell, resolution)).toBe(own.cell);
        }
      }),
    );
  });

  it('of the merged comes out as merging at once', () => {
    fc.assert(
      fc.property(places, (drawn) => {
        const value = ({ value }: { value: number }): number => value;
        const sums = (cells: readonly { cell: string; sum: number }[]) =>
          new Map(cells.map((own) => [own.cell, own.sum]));
        const parts = partsOf(drawn);
        const once = mergeCells(parts, 5, value);
        const twice = mergeCells(mergeCells(parts, 7, value), 5, (own) => own.sum);
        expect(sums(twice)).toEqual(sums(once));
      }),
    );
  });
});
