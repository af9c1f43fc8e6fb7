/** A point lies in the area that the plain rule says, however the index gets there; on a border, in exactly one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaIndex, type ForceArea } from '../../../server/force-areas/area-index.ts';
import { squareKilometres, type Position } from '../../../server/force-areas/polygons.ts';
import { FORCES } from '../../../shared/force.ts';
import { anyPlace, areaShape, liesInside } from '../../support/area-shapes.ts';
import { box } from '../../support/box.ts';

const area = (force: ForceArea['force'], ...polygons: ForceArea['polygons']): ForceArea => ({
  force,
  polygons,
});

describe('the index of areas', () => {
  it('finds what the plain rule finds, the smaller of areas that overlap', () => {
    const shapes = fc.array(areaShape, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(shapes, fc.array(anyPlace, { minLength: 20, maxLength: 20 }), (polygonsOf, places) => {
        const areas = polygonsOf.map((polygons, index): ForceArea => area(FORCES[index]!, ...polygons));
        const bySize = areas.toSorted(
          (one, other) => squareKilometres(one.polygons) - squareKilometres(other.polygons),
        );
        const index = new AreaIndex(areas);
        for (const place of places) {
          const found = bySize.find(({ polygons }) => liesInside(polygons, place));
          expect(index.forceAt(place[1], place[0])).toBe(found?.force ?? 'unassigned');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves out holes, and gives an island within one to whoever owns it', () => {
    const index = new AreaIndex([
      area('surrey', [box(0, 51, 4, 55), box(1, 52, 3, 54)]),
      area('kent', [box(1.5, 52.5, 2.5, 53.5)], [box(5, 51, 6, 52)]),
    ]);
    expect(index.forceAt(51.5, 0.5)).toBe('surrey');
    expect(index.forceAt(52.2, 1.2)).toBe('unassigned');
    expect(index.forceAt(53, 2)).toBe('kent');
    expect(index.forceAt(51.5, 5.5)).toBe('kent');
  });

  it('is not misled by corners at the latitude of a point', () => {
    const diamond = [[0, 52], [1, 51], [2, 52], [1, 53], [0, 52]] as const; // prettier-ignore
    const zigzag = [[3, 51], [7, 51], [7, 53], [6, 52], [5, 53], [4, 52], [3, 53], [3, 51]] as const; // prettier-ignore
    const index = new AreaIndex([area('kent', [diamond]), area('surrey', [zigzag])]);
    const along = (latitude: number, ...longitudes: number[]) =>
      longitudes.map((longitude) => index.forceAt(latitude, longitude));
    // So near to the corners that the squares of the index do not answer by themselves.
    expect(along(52, -0.001, 0.001, 1, 1.999, 2.001)).toEqual([
      'unassigned',
      'kent',
      'kent',
      'kent',
      'unassigned',
    ]);
    expect(along(52, 3.999, 4.001, 5.999, 6.001)).toEqual(['surrey', 'surrey', 'surrey', 'surrey']);
    expect(along(53, 0.999, 1.001, 3.001, 4.999)).toEqual(Array(4).fill('unassigned'));
  });

  it('gives a city to itself, though the county around it was not cut out', () => {
    const county = area('metropolitan', [box(-0.5, 51.2, 0.3, 51.7)]);
    const city = area('city-of-london', [box(-0.11, 51.508, -0.07, 51.521)]);
    for (const areas of [
      [county, city],
      [city, county],
    ]) {
      const index = new AreaIndex(areas);
      expect(index.forceAt(51.515, -0.09)).toBe('city-of-london');
      expect(index.forceAt(51.515, -0.12)).toBe('metropolitan');
    }
  });

  it('knows no force where there are no areas', () => {
    expect(new AreaIndex([]).forceAt(51.5, -0.1)).toBe('unassigned');
    expect(new AreaIndex([]).forceThroughout({ south: 51, west: 0, north: 52, east: 1 })).toBe('unassigned');
  });
});

/** Corners of a grid of quadrangles, each moved a little: areas that share their borders as real ones do. */
const patchwork = fc
  .array(
    fc.tuple(
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    ),
    {
      minLength: 25,
      maxLength: 25,
    },
  )
  .map((shifts) => {
    const corner = (column: number, row: number): Position => {
      const [dx, dy] = shifts[row * 5 + column]!;
      return [column + dx, 51 + row + dy];
    };
    const areas: ForceArea[] = [];
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const [a, b] = [corner(column, row), corner(column + 1, row)];
        const [c, d] = [corner(column + 1, row + 1), corner(column, row + 1)];
        areas.push(area(FORCES[row * 4 + column]!, [[a, b, c, d, a]]));
      }
    }
    return areas;
  });

describe('a point on a border', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });

  it('between areas belongs to exactly one of them, on an outer border to the area', () => {
    fc.assert(
      fc.property(patchwork, shares, (areas, along) => {
        const index = new AreaIndex(areas);
        for (const { force, polygons } of areas) {
          const ring = polygons[0]![0]!;
          for (const [number, [x2, y2]] of ring.slice(1).entries()) {
            const [x1, y1] = ring[number]!;
            for (const share of [0, 1, ...along]) {
              const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
              const found = index.forceAt(y, x);
              const sharing = areas.filter(
                (other) =>
                  other.force === force ||
                  other.polygons[0]![0]!.some(
                    ([cx, cy]) => (cx === x1 && cy === y1) || (cx === x2 && cy === y2),
                  ),
              );
              expect(sharing.map((other) => other.force)).toContain(found);
            }
          }
        }
      }),
    );
  });
});

describe('a box', () => {
  it('has one answer only where every point in it has', () => {
    fc.assert(
      fc.property(
        fc.array(areaShape, { minLength: 1, maxLength: 4 }),
        anyPlace,
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            minLength: 10,
          },
        ),
        (polygonsOf, [west, south], size, inside) => {
          const index = new AreaIndex(
            polygonsOf.map((polygons, number) => area(FORCES[number]!, ...polygons)),
          );
          const force = index.forceThroughout({ south, west, north: south + size, east: west + size });
          if (force === undefined) return;
          for (const [x, y] of inside) expect(index.forceAt(south + y * size, west + x * size)).toBe(force);
        },
      ),
    );
  });

  it('away from borders does have one', () => {
    const index = new AreaIndex([area('kent', [box(0, 51, 1, 52)]), area('surrey', [box(1, 51, 2, 52)])]);
    const of = (west: number, east: number) =>
      index.forceThroughout({ south: 51.4, west, north: 51.6, east });
    expect(of(0.1, 0.9)).toBe('kent');
    expect(of(1.1, 1.9)).toBe('surrey');
    expect(of(0.9, 1.1)).toBeUndefined();
    expect(of(3, 4)).toBe('unassigned');
    expect(of(1.5, 2.5)).toBeUndefined();
  });
});
