/** The heat's density is one of the ground, not of the picture: the same at each zoom, wherever the view begins. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mercatorY } from '../../../client/map/coast.ts';
import { densityAt, heatField, KERNEL_METRES, type FieldView } from '../../../client/map/heat-field.ts';
import { heatPlaces } from '../../../client/map/heat-points.ts';
import { paintHeat } from '../../../client/map/heat-picture.ts';
import { heatColourAt, heatMarks, heatTable } from '../../../client/map/heat-scale.ts';
import { metresPerPixel } from '../../../client/map/metres-per-pixel.ts';
import { cellAreaSquareMetres, cellCentre, neighbours, type Cell } from '../../../shared/cell.ts';
import { gridDisk } from 'h3-js';
import { CITY_CELL } from '../frames.ts';

const [LATITUDE, LONGITUDE] = cellCentre(CITY_CELL);
/** From a screen that shows a whole county to one that shows a street. */
const ZOOMS = [9.5, 10, 11, 11.25, 12, 13.75, 15, 17];

/** The highest density that one incident can make. */
const PEAK = 1e6 / (2 * Math.PI * KERNEL_METRES ** 2);

/** With the city's middle `right` and `down` pixels from the view's. */
function viewAt(zoom: number, right = 0, down = 0, size = { width: 1_200, height: 800 }): FieldView {
  const world = 256 * 2 ** zoom;
  const { width, height } = size;
  const x = (LONGITUDE / 360 + 0.5) * world;
  const y = mercatorY(LATITUDE) * world;
  return { width, height, zoom, origin: { x: x - width / 2 - right, y: y - height / 2 - down } };
}

function densityInCity(weights: ReadonlyMap<Cell, number>, view: FieldView, right = 0, down = 0): number {
  return densityAt(heatField(heatPlaces(weights), view), view.width / 2 + right, view.height / 2 + down);
}

/**
 * Between the points of the grid the picture is interpolated, and at another zoom the points lie elsewhere: so far apart
 * are two zooms, in peaks of the incident that lies worst to them. A crowd's density is the sum of its incidents', and no worse.
 */
const WORST_OF_ONE = 0.0401;

/** Any crowd within two kilometres. */
const crowd = fc
  .array(fc.record({ place: fc.integer({ min: 0, max: 90 }), count: fc.integer({ min: 1, max: 50 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((list) => {
    const cells = gridDisk(CITY_CELL, 5);
    return new Map(list.map(({ place, count }) => [cells[place] ?? CITY_CELL, count]));
  });

describe('the density at a place', () => {
  it('is the same at each zoom, wherever the one incident lies', () => {
    for (const cell of gridDisk(CITY_CELL, 5)) {
      const told = ZOOMS.map((zoom) => densityInCity(new Map([[cell, 1]]), viewAt(zoom)) / PEAK);
      expect(Math.max(...told) - Math.min(...told)).toBeLessThan(WORST_OF_ONE);
    }
  });

  it('is the same at each zoom of any crowd', () => {
    fc.assert(
      fc.property(crowd, (weights) => {
        const told = ZOOMS.map((zoom) => densityInCity(weights, viewAt(zoom)));
        const total = weights.values().reduce((sum, weight) => sum + weight, 0);
        for (const one of told)
          expect(Math.abs(one - (told.at(-1) ?? NaN))).toBeLessThan(WORST_OF_ONE * total * PEAK);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same wherever the view begins', () => {
    fc.assert(
      fc.property(
        crowd,
        fc.integer({ min: -300, max: 300 }),
        fc.constantFrom(...ZOOMS),
        (weights, right, zoom) => {
          const here = densityInCity(weights, viewAt(zoom));
          const moved = densityInCity(weights, viewAt(zoom, right, right / 2), right, right / 2);
          const total = weights.values().reduce((sum, weight) => sum + weight, 0);
          expect(Math.abs(moved - here)).toBeLessThan(0.03 * total * PEAK);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is what a kernel of fixed breadth in metres makes of one incident, above it and a breadth away', () => {
    for (const zoom of ZOOMS) {
      const view = viewAt(zoom);
      const breadth = KERNEL_METRES / metresPerPixel(LATITUDE, zoom);
      const field = heatField(heatPlaces(new Map([[CITY_CELL, 1]])), view);
      const at = (pixels: number): number =>
        densityAt(field, view.width / 2 + pixels, view.height / 2) / PEAK;
      expect(at(0)).toBeGreaterThan(0.9);
      expect(at(0)).toBeLessThan(1.03);
      // Between the points of the grid the picture is interpolated.
      expect(Math.abs(at(breadth) - Math.exp(-0.5))).toBeLessThan(0.08);
      expect(at(4 * breadth)).toBeLessThan(0.01);
    }
  });

  it('is that of the cells where they are all alike', () => {
    const alike = new Map(gridDisk(CITY_CELL, 12).map((cell) => [cell, 5]));
    const expected = 5 / (cellAreaSquareMetres(CITY_CELL) / 1e6);
    for (const zoom of ZOOMS) {
      const told = densityInCity(alike, viewAt(zoom));
      expect(told / expected).toBeGreaterThan(0.97);
      expect(told / expected).toBeLessThan(1.03);
    }
  });
});

describe('the field', () => {
  it('has all incidents in it, however small the picture', () => {
    const weights = new Map([CITY_CELL, ...neighbours(CITY_CELL)].map((cell) => [cell, 4]));
    for (const zoom of [5, 6, 7, 8, 9, 10, 11, 12]) {
      const { density, step } = heatField(heatPlaces(weights), viewAt(zoom));
      const area = ((metresPerPixel(LATITUDE, zoom) * step) / 1_000) ** 2;
      const total = density.reduce((sum, value) => sum + value, 0) * area;
      expect(total / 28).toBeGreaterThan(0.98);
      expect(total / 28).toBeLessThan(1.02);
    }
  });

  it('has no more points on a 4K screen than can be blurred at once, and their margin', () => {
    for (const zoom of [5, 8, 10, 11, 12, 14, 18]) {
      const { density } = heatField(
        heatPlaces(new Map()),
        viewAt(zoom, 0, 0, { width: 3_840, height: 2_160 }),
      );
      expect(density.length).toBeLessThan(450_000);
    }
  });
});

describe('a colour', () => {
  const pixelOf = (density: number, top: number): number[] => {
    const field = { columns: 1, rows: 1, step: 1, left: 0, top: 0, density: Float32Array.of(density) };
    const pixels = new Uint8ClampedArray(4);
    paintHeat(field, heatTable(top), pixels);
    return [...pixels];
  };

  it('is that of the legend: what it names is as strong as it is there', () => {
    for (const { density, opacity } of heatMarks(40)) {
      expect((pixelOf(density, 40)[3] ?? 0) / 255).toBeCloseTo(opacity, 2);
    }
    expect(heatColourAt(0.85, '#000000')).toContain('85.0%');
  });

  it('is none where there is nothing, and the strongest beyond the scale', () => {
    expect(pixelOf(0, 40)[3]).toBe(0);
    expect(pixelOf(1e9, 40)).toEqual(pixelOf(1e6, 40));
    expect(pixelOf(1e9, 40)[3]).toBeGreaterThan(250);
  });
});
