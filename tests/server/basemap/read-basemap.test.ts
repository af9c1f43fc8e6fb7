/** What BASEMAP may name. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readBasemap } from '../../../server/basemap/read-basemap.ts';

test('nothing, on request', () => {
  expect(readBasemap('none')).toEqual({ basemap: { kind: 'none' } });
});

test('OpenStreetMap, where nothing is said', () => {
  expect(readBasemap('').basemap).toMatchObject({
    kind: 'raster',
    attribution: expect.stringContaining('OpenStreetMap'),
  });
});

test('raster tiles, with their attribution after a space', () => {
  expect(readBasemap('https://tiles.example/{z}/{x}/{y}.png © The Survey')).toEqual({
    basemap: {
      kind: 'raster',
      template: 'https://tiles.example/{z}/{x}/{y}.png',
      attribution: '© The Survey',
    },
  });
});

test('a PMTiles file, which the server hands out, with the attribution that it may lack', () => {
  expect(readBasemap('maps/england and wales.pmtiles © The Survey, 2026')).toEqual({
    basemap: { kind: 'pmtiles', url: '/api/basemap.pmtiles', attribution: '© The Survey, 2026' },
    file: resolve('maps/england and wales.pmtiles'),
  });
  expect(readBasemap('/srv/maps/england.PMTiles')).toMatchObject({
    basemap: { attribution: '' },
    file: '/srv/maps/england.PMTiles',
  });
});

test('a PMTiles file on another server, which the browser asks there', () => {
  expect(readBasemap('https://maps.example/england.pmtiles?version=2 © The Survey')).toEqual({
    basemap: {
      kind: 'pmtiles',
      url: 'https://maps.example/england.pmtiles?version=2',
      attribution: '© The Survey',
    },
  });
});

test.each([
  'https://tiles.example/{z}/{x}.png',
  'ftp://tiles.example/{z}/{x}/{y}.png',
  'ftp://maps/a.pmtiles',
  '/srv/maps/england.mbtiles',
])('nothing else: %s', (text) => {
  expect(() => readBasemap(text)).toThrow(/^must be [^\n]+$/);
});
