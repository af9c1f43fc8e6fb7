/** A basemap that is no basemap stops the start, in one line that says what is wrong with the file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchive } from '../../../server/basemap/check-archive.ts';
import { pmtilesArchive, type Archive } from '../../support/pmtiles-archive.ts';

const BASEMAP: Archive = {
  tileType: 'mvt',
  tile: Buffer.from([]),
  maxZoom: 2,
  metadata: { vector_layers: [{ id: 'earth' }, { id: 'water' }, { id: 'roads' }] },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forewatch-basemap-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(content: Buffer): string {
  const path = join(folder, 'map.pmtiles');
  writeFileSync(path, content);
  return path;
}

/** The archive with these bytes of its header changed. */
function changed(bytes: Record<number, number>): Buffer {
  const archive = pmtilesArchive(BASEMAP);
  for (const [at, byte] of Object.entries(bytes)) archive[Number(at)] = byte;
  return archive;
}

test('a vector basemap is taken, and so are raster tiles', async () => {
  await expect(checkArchive(file(pmtilesArchive(BASEMAP)))).resolves.toBeUndefined();
  await expect(
    checkArchive(file(pmtilesArchive({ ...BASEMAP, tileType: 'webp', metadata: {} }))),
  ).resolves.toBeUndefined();
});

test.each([
  ['is no PMTiles file', () => file(Buffer.from('SQLite format 3\0'.padEnd(200)))],
  ['is no PMTiles file', () => file(Buffer.alloc(0))],
  ['is PMTiles version 2', () => file(changed({ 7: 2 }))],
  ['is cut short', () => file(pmtilesArchive(BASEMAP).subarray(0, -3))],
  ['is compressed in a way that browsers do not read', () => file(changed({ 97: 4 }))],
  ['is compressed in a way that browsers do not read', () => file(changed({ 98: 3 }))],
  ['has tiles of a kind that cannot be drawn', () => file(changed({ 99: 6 }))],
  [
    'has none of the layers earth, water, roads',
    () => file(pmtilesArchive({ ...BASEMAP, metadata: { vector_layers: [{ id: 'transportation' }] } })),
  ],
  ['has metadata that cannot be read', () => file(changed({ 24: 0, 25: 0 }))],
  ['cannot be read: ENOENT', () => join(folder, 'missing.pmtiles')],
  [
    'cannot be read: EISDIR',
    () => {
      const path = join(folder, 'folder.pmtiles');
      mkdirSync(path);
      return path;
    },
  ],
])('a file that %s is refused', async (reason, make) => {
  const path = make();
  await expect(checkArchive(path)).rejects.toThrow(
    expect.objectContaining({
      name: 'ConfigError',
      variable: 'BASEMAP',
      message: expect.stringMatching(new RegExp(`^BASEMAP names ${path}, which ${reason}[^\\n]*$`)),
    }),
  );
});
