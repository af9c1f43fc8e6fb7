/** Shapes of areas for tests: synthetic, and the plain rule that says what lies inside. */
import { join } from 'node:path';
import fc from 'fast-check';
import type { Config } from '../../server/config.ts';
import type { Polygons, Position, Ring } from '../../server/force-areas/polygons.ts';

/** A GeoJSON file of areas, each one polygon, named as the file of the Office for National Statistics names them. */
export function areasFile(...areas: { name: string; rings: readonly Ring[] }[]): string {
  const features = areas.map(({ name, rings }) => ({
    type: 'Feature',
    properties: { pfa16cd: 'E23000000', pfa16nm: name },
    geometry: { type: 'Polygon', coordinates: rings },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

/** By the even-odd rule, edge by edge. */
export function liesInside(polygons: Polygons, [x, y]: Position): boolean {
  let inside = false;
  for (const ring of polygons.flat()) {
    for (const [index, [x2, y2]] of ring.entries()) {
      const [x1, y1] = ring[index - 1] ?? [x2, y2];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
    }
  }
  return inside;
}

/** A ring around a centre, of whatever radius in each direction. */
function star(centre: Position, radii: readonly number[]): Ring {
  const corners = radii.map((radius, index): Position => {
    const turn = (index / radii.length) * 2 * Math.PI;
    return [centre[0] + radius * Math.cos(turn), centre[1] + radius * Math.sin(turn)];
  });
  return [...corners, corners[0]!];
}

const place = fc.tuple(
  fc.double({ min: -3, max: 0, noNaN: true }),
  fc.double({ min: 51, max: 54, noNaN: true }),
);

/** Several polygons, some with a hole in the middle; those of one area may lie over each other. */
export const areaShape: fc.Arbitrary<Polygons> = fc.array(
  fc
    .record({
      centre: place,
      radii: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
      hole: fc.boolean(),
    })
    .map(({ centre, radii, hole }) => [
      star(centre, radii),
      ...(hole ? [star(centre, [0.15, 0.1, 0.15, 0.05])] : []),
    ]),
  { minLength: 1, maxLength: 3 },
);

export const anyPlace = place;

/** The file of the 43 areas, where the machine has it. */
export function forceAreasFile({ recordingsDir }: Pick<Config, 'recordingsDir'>): string {
  return join(recordingsDir, 'police_force_areas_ew_2016_simplified.geojson');
}
