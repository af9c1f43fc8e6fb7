/** What lies under the data: nothing, raster tiles, or a PMTiles file, each with its attribution. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Response } from '@playwright/test';
import { pmtilesArchive } from '../support/pmtiles-archive.ts';
import { png } from '../support/png.ts';
import { tileServer, type TileServer } from '../support/tile-server.ts';
import { EXTENT, vectorTile } from '../support/vector-tile.ts';
import { expect, recentIncident, test } from './real-server.ts';

const TILES = '.leaflet-forewatch-tiles-pane .leaflet-tile-loaded';
const folder = mkdtempSync(join(tmpdir(), 'forewatch-maps-'));
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Land, of which the western half of each tile is a park and the eastern quarter is water. */
const VECTOR_TILE = vectorTile({
  earth: [{ kind: 'polygon', paths: [strip(0, EXTENT)] }],
  landuse: [{ kind: 'polygon', paths: [strip(0, EXTENT / 2)], properties: { kind: 'park' } }],
  water: [{ kind: 'polygon', paths: [strip((EXTENT * 3) / 4, EXTENT)], properties: { kind: 'ocean' } }],
});

function strip(west: number, east: number): (readonly [number, number])[] {
  return [
    [west, 0],
    [east, 0],
    [east, EXTENT],
    [west, EXTENT],
  ];
}

function mapFile(name: string, archive: Parameters<typeof pmtilesArchive>[0]): string {
  const path = join(folder, name);
  writeFileSync(path, pmtilesArchive(archive));
  return path;
}

function attributionOf(page: Page): ReturnType<Page['locator']> {
  return page.locator('.leaflet-control-attribution');
}

/** `#rrggbb` of every pixel in a grid over the tiles that are canvases, and how often each was met. */
async function drawnColours(page: Page): Promise<Map<string, number>> {
  const met = await page.locator(`canvas${TILES.split(' ').at(-1)}`).evaluateAll((tiles) =>
    (tiles as HTMLCanvasElement[]).flatMap((tile) => {
      const { width, height } = tile;
      const { data } = tile.getContext('2d')!.getImageData(0, 0, width, height);
      return Array.from({ length: 64 }, (_, n) => {
        const at =
          4 *
          (Math.floor(((n % 8) + 0.5) * (width / 8)) +
            width * Math.floor((Math.floor(n / 8) + 0.5) * (height / 8)));
        return `#${[...data.slice(at, at + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      });
    }),
  );
  const counted = new Map<string, number>();
  for (const colour of met) counted.set(colour, (counted.get(colour) ?? 0) + 1);
  return counted;
}

test.describe('a PMTiles file of vector tiles', () => {
  const attribution = '&copy; <a href="https://map.example">Test map</a><img src="/nothing" alt="">';
  const path = mapFile('vector.pmtiles', {
    tileType: 'mvt',
    tile: VECTOR_TILE,
    maxZoom: 8,
    metadata: { vector_layers: [{ id: 'earth' }], attribution },
  });
  test.use({ environment: { BASEMAP: `${path} not this attribution` } });

  test('is drawn in the wall’s colours, read in ranges, and says whose it is', async ({
    forewatch,
    page,
  }) => {
    const reads: Response[] = [];
    page.on('response', (response) => {
      if (response.url().includes('basemap.pmtiles')) reads.push(response);
    });
    // A wall of this size shows whole tiles: of parts the shares would be others.
    await page.goto(`${forewatch.url}/wall?width=1439#${forewatch.wallToken}`);
    // Of 64 points in a tile: half park, a quarter land, a quarter water, as colours.ts has them.
    await expect
      .poll(async () => [...(await drawnColours(page)).keys()].sort())
      .toEqual(['#070b10', '#131b23', '#13231f']);
    const colours = await drawnColours(page);
    expect(colours.get('#13231f')).toBe(2 * (colours.get('#070b10') ?? 0));
    await expect(attributionOf(page)).toHaveText('Land: Natural Earth, © Test map');
    await expect(attributionOf(page).locator('a')).toHaveAttribute('href', 'https://map.example');
    await expect(attributionOf(page).locator('img')).toHaveCount(0);
    expect(reads.length).toBeGreaterThan(0);
    expect(new Set(reads.map((response) => response.status()))).toEqual(new Set([206]));
  });
});

test.describe('a PMTiles file of images', () => {
  const path = mapFile('raster.pmtiles', {
    tileType: 'png',
    tile: png(256, [240, 240, 240]),
    maxZoom: 5,
    metadata: {},
  });
  test.use({ environment: { BASEMAP: `${path} © The Survey` } });

  test('is shown, also beyond its finest zoom, with the attribution given beside it', async ({ wall }) => {
    const images = wall.locator(`img${TILES.split(' ').at(-1)}`);
    await expect.poll(() => images.count()).toBeGreaterThan(3);
    const widths = await images.evaluateAll((tiles) =>
      (tiles as HTMLImageElement[]).map(({ naturalWidth }) => naturalWidth),
    );
    expect(new Set(widths)).toEqual(new Set([256]));
    await expect(attributionOf(wall)).toContainText('© The Survey');
  });

  test('comes when it can be read again; until then there is the drawn base', async ({ forewatch, page }) => {
    renameSync(path, `${path}.away`);
    await page.clock.install();
    await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
    await page.waitForResponse(
      (response) => response.url().includes('basemap.pmtiles') && response.status() === 404,
    );
    await expect(page.locator('.leaflet-forewatch-graticule-pane canvas')).toHaveCount(1);
    await expect(page.locator('.leaflet-forewatch-land-pane canvas')).toHaveCount(1);
    renameSync(`${path}.away`, path);
    await page.clock.fastForward(61_000);
    await expect.poll(() => page.locator(TILES).count()).toBeGreaterThan(3);
    await expect(page.locator('.leaflet-forewatch-graticule-pane canvas')).toHaveCount(0);
  });
});

const withTiles = test.extend<{ tiles: TileServer }>({
  tiles: async ({}, use) => {
    // Every third tile is missing, as at the edge of a map that ends somewhere.
    const tiles = await tileServer(png(256, [240, 240, 240]), (x, y) => (x + y) % 3 === 0);
    await use(tiles);
    await tiles.close();
  },
  environment: async ({ tiles }, use) => {
    await use({ BASEMAP: `${tiles.template} © <a href="https://survey.example">The Survey</a>` });
  },
});

withTiles(
  'raster tiles are shown with their attribution, and a missing one unsettles nothing',
  async ({ tiles, forewatch, wall }) => {
    await expect.poll(() => wall.locator(TILES).count()).toBeGreaterThan(3);
    await expect(attributionOf(wall)).toHaveText('Land: Natural Earth, © The Survey');
    // The map was told that it has tiles, and shows whole zoom levels of them; then it goes to the data, once.
    await forewatch.publish(recentIncident({ id: 'drawn' }));
    await wall.waitForFunction(() => performance.getEntriesByName('drawn:drawn').length > 0);
    await expect.poll(() => wall.locator(TILES).count()).toBeGreaterThan(3);
    await expect(wall.locator('.leaflet-forewatch-graticule-pane canvas')).toHaveCount(0);
    expect(Math.max(...tiles.asked.values())).toBeLessThanOrEqual(2);
  },
);

test.describe('none', () => {
  test.use({ environment: { BASEMAP: 'none' } });

  test('asks nobody for tiles, and loads nothing to draw them', async ({ forewatch, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
    await page.locator('[data-connection="live"]').waitFor();
    await forewatch.publish(recentIncident({ id: 'drawn' }));
    await page.waitForFunction(() => performance.getEntriesByName('drawn:drawn').length > 0);
    await expect(attributionOf(page)).toHaveText('Land: Natural Earth');
    expect(asked.filter((url) => /tile|pmtiles|\/\d+\/\d+\/\d+/.test(url))).toEqual([]);
    expect(asked.every((url) => new URL(url.replace(/^ws/, 'http')).origin === forewatch.url)).toBe(true);
  });
});
