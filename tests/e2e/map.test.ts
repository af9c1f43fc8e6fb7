/** What the map shows where there is nothing but data: a base of its own, and where on earth it is. */
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { openDatabase } from '../../server/store/database.ts';
import { saveForceAreas } from '../../server/store/force-area-store.ts';
import { areasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { expect, recentIncident, test } from './real-server.ts';

test('draws land and sea of its own where no tiles come, and says whose they are', async ({ wall }) => {
  const colours = (): Promise<number> =>
    wall.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.leaflet-forewatch-land-pane canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      const seen = new Map<number, number>();
      for (let i = 0; pixels !== undefined && i < pixels.length; i += 4 * 97) {
        const colour = ((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0);
        seen.set(colour, (seen.get(colour) ?? 0) + 1);
      }
      return [...seen.values()].filter((count) => count > 200).length;
    });
  // England and Wales, while nothing is known yet: sea and land, each in plenty.
  await expect.poll(colours).toBe(2);
  await expect(wall.locator('.leaflet-control-attribution')).toContainText('Natural Earth');
  await expect(wall.locator('.leaflet-control-scale-line')).toContainText('km');
});

test('goes to where the data are', async ({ forewatch, wall }) => {
  await expect(wall.locator('.leaflet-control-scale-line')).toHaveText(/^(1000|[1-5]00) km$/);
  const town = Array.from({ length: 40 }, (_, i) =>
    recentIncident({
      id: `town-${i}`,
      location: { lat: 53.4 + (i % 8) * 0.004, lon: -2.98 + Math.floor(i / 8) * 0.006 },
    }),
  );
  await forewatch.publish(...town);
  await expect(wall.locator('.leaflet-control-scale-line')).toHaveText(/^(300 m|500 m|[123] km)$/);
});

test('draws the borders of imported force areas, and their names', async ({ page, forewatch }) => {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const areas = areasFile(
    { name: 'Kent', rings: [box(-2, 51.5, 0, 53)] },
    { name: 'Essex', rings: [box(-4, 51.5, -2, 53)] },
  );
  await saveForceAreas(database, readForceAreas(areas));
  await database.end();
  // From so near that a name has room in its area.
  await page.goto(`${forewatch.url}/wall?distance=2#${forewatch.wallToken}`);
  const drawn = (layer: string): Promise<number> =>
    page.evaluate((name) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`.leaflet-forewatch-${name}-pane canvas`);
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
    }, layer);
  await expect.poll(() => drawn('force-areas')).toBeGreaterThan(500);
  // So far out the national picture writes them.
  await expect.poll(() => drawn('national-figures')).toBeGreaterThan(100);
});
