/** Outlines are small enough for a map, and borders stay one line, with no gap between neighbours. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { outlinesOf } from '../../../server/force-areas/outlines.ts';
import type { Polygons, Position, Ring } from '../../../server/force-areas/polygons.ts';
import { readForceAreas } from '../../../server/force-areas/read-force-areas.ts';
import { forceAreasFile } from '../../support/area-shapes.ts';
import { box } from '../../support/box.ts';

/** A crooked line, the same for the same numbers, whichever way it is asked for. */
function crooked(from: Position, to: Position, bends: readonly number[]): Position[] {
  return bends.map((bend, index): Position => {
    const share = (index + 1) / (bends.length + 1);
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    return [from[0] + share * dx - bend * dy, from[1] + share * dy + bend * dx];
  });
}

const bends = fc.array(fc.double({ min: -0.04, max: 0.04, noNaN: true }), { minLength: 30, maxLength: 30 });

/** Two areas side by side and an enclave in one of them, all borders crooked. */
const neighbours = fc.array(bends, { minLength: 8, maxLength: 8 }).map((lines): Polygons[] => {
  const line = (number: number, from: Position, to: Position): Position[] => [
    from,
    ...crooked(from, to, lines[number]!),
  ];
  const [a, b, c, d, e, f]: Position[] = [[0, 51], [1, 51], [2, 51], [2, 52], [1, 52], [0, 52]]; // prettier-ignore
  const middle = line(0, b!, e!);
  const west = [...line(1, a!, b!), ...middle, ...line(2, e!, f!), ...line(3, f!, a!), a!];
  const east = [
    ...line(4, b!, c!),
    ...line(5, c!, d!),
    ...line(6, d!, e!),
    e!,
    ...middle.slice(1).toReversed(),
    b!,
  ];
  const [g, h]: Position[] = [[0.4, 51.4], [0.6, 51.6]]; // prettier-ignore
  const enclave: Ring = [...line(7, g!, h!), h!, [0.6, 51.4], g!];
  const moved = [...enclave.slice(4), ...enclave.slice(1, 5)].toReversed();
  return [[[west, enclave]], [[east]], [[moved]]];
});

function edgesOf(polygons: Polygons): string[] {
  return polygons
    .flat()
    .flatMap((ring) =>
      ring.slice(1).map((to, index) => [String(ring[index]), String(to)].sort().join(' – ')),
    );
}

describe('outlines', () => {
  it('keep one line between neighbours, and few enough positions', () => {
    fc.assert(
      fc.property(neighbours, (areas) => {
        const full = outlinesOf(areas.map((polygons) => ({ polygons })));
        const thinned = outlinesOf(
          areas.map((polygons) => ({ polygons })),
          60,
        );
        expect(full.flat(3).length).toBeGreaterThan(200);
        expect(thinned.flat(3).length).toBeLessThanOrEqual(60);
        for (const outlines of [full, thinned]) {
          const [west = [], east = [], enclave = []] = outlines;
          // On every side but the outer ones lies somebody else.
          expect(edgesOf(enclave).every((edge) => edgesOf(west).includes(edge))).toBe(true);
          const shared = edgesOf(east).filter((edge) => edgesOf(west).includes(edge));
          const middle = shared.flatMap((edge) => edge.split(' – '));
          expect(middle).toContain('1,51');
          expect(middle).toContain('1,52');
        }
      }),
      { numRuns: 50 },
    );
  });

  it('leave out islands too small to be seen, but no area altogether', () => {
    const crumbs = Array.from({ length: 50 }, (_, n) => [box(1 + n / 10, 53, 1.002 + n / 10, 53.002)]);
    const land = [box(0, 50, 1, 51)];
    const [mainland, crumb] = outlinesOf(
      [{ polygons: [land, ...crumbs] }, { polygons: crumbs.slice(0, 1) }],
      30,
    );
    expect(mainland).toHaveLength(1);
    expect(edgesOf(mainland ?? []).sort()).toEqual(edgesOf([land]).sort());
    expect(crumb).toHaveLength(1);
  });
});

const file = forceAreasFile(readConfig());
describe.skipIf(!existsSync(file))('the outlines of the 43 areas', () => {
  // Vitest reads this also where it is skipped: a file that is not there must not be opened.
  const areas = lazily(() => readForceAreas(readFileSync(file, 'utf8')));

  it.each([21_000, 3_000])('are all there within %i positions, and neighbours agree', (most) => {
    const outlines = outlinesOf(areas(), most);
    expect(outlines.every((polygons) => polygons.length > 0)).toBe(true);
    expect(outlines.flat(3).length).toBeLessThanOrEqual(most);
    const owners = new Map<string, number>();
    for (const edge of outlines.flatMap(edgesOf)) owners.set(edge, (owners.get(edge) ?? 0) + 1);
    expect(Math.max(...owners.values())).toBe(2);
    const shared = [...owners.values()].filter((count) => count === 2).length;
    expect(shared / owners.size).toBeGreaterThan(0.35);
  });

  it('weigh less than 400 kB', () => {
    expect(JSON.stringify(outlinesOf(areas())).length).toBeLessThan(390_000);
  });
});

function lazily<Made>(make: () => Made): () => Made {
  let made: { value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}
