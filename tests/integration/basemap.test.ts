/** The basemap's file as a browser reads it: in ranges, by who is signed in, and anew once it was replaced. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { pmtilesArchive } from '../support/pmtiles-archive.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

const ARCHIVE = pmtilesArchive({ tileType: 'png', tile: Buffer.from('a tile'), maxZoom: 1, metadata: {} });

let forewatch: RealForewatch;
let token: string;
const folder = mkdtempSync(join(tmpdir(), 'forewatch-basemap-'));
const file = join(folder, 'map.pmtiles');

beforeAll(async () => {
  writeFileSync(file, ARCHIVE);
  const { basemap, basemapFile } = readConfig({ BASEMAP: file });
  forewatch = await realForewatch({ roles: new Set(['gateway']), basemap, basemapFile });
  token = await forewatch.token({ role: 'partner', forces: ['kent'] });
});
afterAll(async () => {
  await forewatch.dispose();
  rmSync(folder, { recursive: true });
});

function ask(headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(`${forewatch.server.url}/api/basemap.pmtiles`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('the basemap’s file', () => {
  it.each([
    ['bytes=0-6', 0, 6],
    ['bytes=7-7', 7, 7],
    ['bytes=100-', 100, ARCHIVE.length - 1],
    ['bytes=-6', ARCHIVE.length - 6, ARCHIVE.length - 1],
    ['bytes=0-16383', 0, ARCHIVE.length - 1],
    [`bytes=-${ARCHIVE.length + 1}`, 0, ARCHIVE.length - 1],
  ])('comes in the range asked for: %s', async (range, first, last) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${ARCHIVE.length}`);
    expect(response.headers.get('content-length')).toBe(String(last - first + 1));
    expect(await bytesOf(response)).toEqual(ARCHIVE.subarray(first, last + 1));
  });

  it.each([`bytes=${ARCHIVE.length}-`, 'bytes=-0', 'bytes=5000000-5000001'])(
    'has no range %s',
    async (range) => {
      const response = await ask({ range });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${ARCHIVE.length}`);
    },
  );

  it.each([undefined, 'bytes=0-1,5-6', 'bytes=6-5', 'bytes=-', 'lines=1-2'])(
    'comes whole where no single range is asked for: %s',
    async (range) => {
      const response = await ask(range === undefined ? {} : { range });
      expect(response.status).toBe(200);
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(await bytesOf(response)).toEqual(ARCHIVE);
    },
  );

  it('is told of without being sent', async () => {
    const response = await ask({}, 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(ARCHIVE.length));
    expect(await bytesOf(response)).toHaveLength(0);
  });

  it('is kept by the browser that has it, and by no cache on the way', async () => {
    const { headers } = await ask();
    expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    const etag = headers.get('etag') ?? '';
    // A weak one is no good for ranges: PMTiles readers ignore it.
    expect(etag).toMatch(/^"[^"]+"$/);
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    expect((await ask({ range: 'bytes=0-6', 'if-range': etag })).status).toBe(206);
    expect((await ask({ range: 'bytes=0-6', 'if-range': '"another"' })).status).toBe(200);
  });

  it('has another tag once another file has taken its place', async () => {
    const before = (await ask()).headers.get('etag');
    utimesSync(file, 1_000, 1_000);
    const after = (await ask()).headers.get('etag');
    expect(after).not.toBe(before);
    expect((await ask({ range: 'bytes=0-6', 'if-range': before ?? '' })).status).toBe(200);
  });

  it('is for those who are signed in', async () => {
    expect((await ask({ authorization: '' })).status).toBe(401);
    expect((await ask({ authorization: 'Bearer unknown', range: 'bytes=0-6' })).status).toBe(401);
  });
});

it('is not there where the basemap is something else, or the file has gone', async () => {
  rmSync(file);
  const gone = await ask();
  expect(gone.status).toBe(404);
  expect(gone.headers.get('content-type')).toContain('application/problem+json');
  writeFileSync(file, ARCHIVE);
  await forewatch.restart({ basemap: { kind: 'none' }, basemapFile: undefined });
  expect((await ask()).status).toBe(404);
});

it('stops the start where the file is no PMTiles file, but only of a server that would hand it out', async () => {
  const broken = join(folder, 'broken.pmtiles');
  writeFileSync(broken, 'half a download');
  await expect(forewatch.restart({ basemapFile: broken })).rejects.toThrow(
    /^BASEMAP names .* is no PMTiles file$/,
  );
  await forewatch.restart({ basemapFile: broken, roles: new Set(['ingest']) });
});
