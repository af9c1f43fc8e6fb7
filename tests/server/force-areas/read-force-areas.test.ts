/** A sound file gives its areas; a faulty one gives one line that says which feature is wrong, where and why. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { AreaIndex } from '../../../server/force-areas/area-index.ts';
import { squareKilometres } from '../../../server/force-areas/polygons.ts';
import { readForceAreas } from '../../../server/force-areas/read-force-areas.ts';
import { FORCES } from '../../../shared/force.ts';
import { forceAreasFile } from '../../support/area-shapes.ts';
import { box } from '../../support/box.ts';

const KENT = box(0.1, 51, 1.4, 51.5);
const feature = (change: object = {}): object => ({
  type: 'Feature',
  properties: { pfa16nm: 'Kent' },
  geometry: { type: 'Polygon', coordinates: [KENT] },
  ...change,
});
const file = (...features: unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features });
const ofRing = (ring: unknown): string =>
  file(feature({ geometry: { type: 'Polygon', coordinates: [ring] } }));

describe('a sound file', () => {
  it('gives each force its polygons, under the name it has there', () => {
    const [kent, surrey] = readForceAreas(
      file(
        feature(),
        feature({
          properties: { id: 7, slug: 'surrey', label: 'Surrey Police' },
          geometry: {
            type: 'MultiPolygon',
            coordinates: [[KENT], [box(2, 51, 3, 52), box(2.2, 51.2, 2.4, 51.4)]],
          },
        }),
      ),
    );
    expect(kent).toEqual({ force: 'kent', name: 'Kent', polygons: [[KENT]] });
    expect(surrey).toMatchObject({ force: 'surrey', name: 'Surrey Police' });
    expect(surrey?.polygons.map((rings) => rings.length)).toEqual([1, 2]);
  });

  it('may name the force in its id, run its rings either way, and have heights', () => {
    const ring = KENT.toReversed().map(([x, y]) => [x, y, 12]);
    const text = file({
      type: 'Feature',
      id: 'kent',
      properties: null,
      geometry: { type: 'Polygon', coordinates: [ring] },
    });
    expect(readForceAreas(text)).toEqual([{ force: 'kent', name: 'kent', polygons: [[KENT.toReversed()]] }]);
  });

  it.each(['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4326'])(
    'may say that it is in WGS 84: %s',
    (name) => {
      const crs = { type: 'name', properties: { name } };
      const text = JSON.stringify({ type: 'FeatureCollection', crs, features: [feature()] });
      expect(readForceAreas(text)).toHaveLength(1);
    },
  );
});

describe('a faulty file is refused in one line:', () => {
  const bowTie = [[0, 51], [1, 52], [1, 51], [0, 52], [0, 51]]; // prettier-ignore
  const britishGrid = KENT.map(([x, y]) => [530_000 + x, 180_000 + y]);
  it.each([
    ['no JSON', '{"type":\n', /^not JSON: /],
    ['another kind of JSON', '[]', /^not a GeoJSON FeatureCollection$/],
    ['a lone feature', JSON.stringify(feature()), /^not a GeoJSON FeatureCollection$/],
    ['nothing in it', file(), /without features/],
    ['no feature', file(feature(), 7), /^feature 2 is not a GeoJSON Feature$/],
    [
      'no force',
      file(feature({ properties: { name: 'Atlantis' } })),
      /^feature 1 names none of the 43 .*"Atlantis"$/,
    ],
    ['no properties', file(feature({ properties: null })), /^feature 1 names none of the 43 .*no text$/],
    [
      'two forces in one',
      file(feature({ properties: { name: 'Kent', slug: 'essex' } })),
      /^feature 1 contradicts itself: it names kent and essex$/,
    ],
    ['a force twice', file(feature(), feature()), /^features 1 and 2 are both kent/],
    [
      'a point',
      file(feature({ geometry: { type: 'Point', coordinates: [0, 51] } })),
      /^feature 1 \(Kent\) has a Point/,
    ],
    ['no geometry', file(feature({ geometry: null })), /^feature 1 \(Kent\) has no geometry/],
    [
      'no polygons',
      file(feature({ geometry: { type: 'MultiPolygon', coordinates: [] } })),
      /without polygons/,
    ],
    [
      'no rings',
      file(feature({ geometry: { type: 'Polygon', coordinates: [] } })),
      /^feature 1 \(Kent\) has no rings/,
    ],
    ['no ring', ofRing('round'), /^feature 1 \(Kent\): ring 1 is not a list of positions$/],
    ['a ring too short', ofRing([[0, 51], [1, 52], [0, 51]]), /ring 1 has 3 positions/], // prettier-ignore
    ['a ring left open', ofRing(KENT.slice(0, -1)), /ring 1 is not closed: .*longitude 0.1 and ends at/],
    ['a ring that crosses itself', ofRing(bowTie), /ring 1 crosses itself near latitude 5\d/],
    ['a ring without an inside', ofRing([[0, 51], [1, 52], [0, 51], [0, 51]]), /encloses nothing/], // prettier-ignore
    [
      'a place that is text',
      ofRing([...KENT.slice(0, 2), ['0', '51'], ...KENT.slice(2)]),
      /position 3 \["0","51"\]/,
    ],
    [
      'a place without latitude',
      ofRing([[0], ...KENT]),
      /position 1 \[0\], which is not \[longitude, latitude\]/,
    ],
    [
      'a place off the earth',
      ofRing([[0, 91], ...KENT, [0, 91]]),
      /position 1 \[0,91\], which is not on the earth/,
    ],
    ['eastings and northings', ofRing(britishGrid), /position 1 .* converted to WGS 84/],
    [
      'another reference system',
      JSON.stringify({
        type: 'FeatureCollection',
        crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } },
        features: [feature()],
      }),
      /^its coordinates are in urn:ogc:def:crs:EPSG::27700: convert them/,
    ],
  ])('%s', (_what, text, message) => {
    expect(() => readForceAreas(text)).toThrow(message);
    expect(() => readForceAreas(text)).not.toThrow(/\n/);
  });

  it('names the polygon too, where there are several', () => {
    const geometry = { type: 'MultiPolygon', coordinates: [[KENT], [KENT, bowTie]] };
    expect(() => readForceAreas(file(feature({ geometry })))).toThrow(
      /^feature 1 \(Kent\), polygon 2: ring 2 crosses itself/,
    );
  });

  it('but a ring may touch itself', () => {
    const touching = [[0, 51], [2, 51], [2, 52], [1, 51], [0, 52], [0, 51]]; // prettier-ignore
    expect(readForceAreas(ofRing(touching))).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(forceAreasFile(readConfig())))('the 43 areas of England and Wales', () => {
  const areas = (): ReturnType<typeof readForceAreas> =>
    readForceAreas(readFileSync(forceAreasFile(readConfig()), 'utf8'));

  it('are all known, as large as they are, and lie where they lie', () => {
    const all = areas();
    expect(all.map(({ force }) => force).sort()).toEqual([...FORCES].sort());
    const size = (force: string): number =>
      squareKilometres(all.find((area) => area.force === force)!.polygons);
    // Standard area measurements of the Office for National Statistics: 2.9, 1,570 and 151,000 km².
    expect(size('city-of-london')).toBeCloseTo(2.9, 1);
    expect(Math.abs(size('metropolitan') / 1_570 - 1)).toBeLessThan(0.01);
    expect(Math.abs(all.reduce((sum, { force }) => sum + size(force), 0) / 151_000 - 1)).toBeLessThan(0.01);
    const index = new AreaIndex(all);
    expect(index.forceAt(51.515, -0.1419)).toBe('metropolitan');
    expect(index.forceAt(51.5136, -0.0985)).toBe('city-of-london');
    expect(index.forceAt(53.4076, -2.9916)).toBe('merseyside');
    expect(index.forceAt(52.4155, -4.0829)).toBe('dyfed-powys');
    expect(index.forceAt(55.9533, -3.1883)).toBe('unassigned');
  });
});
