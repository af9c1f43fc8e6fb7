/** The national picture: every force with its figures, from which one goes down to its hexagons and comes back. */
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { openDatabase } from '../../server/store/database.ts';
import { saveForceAreas } from '../../server/store/force-area-store.ts';
import { areasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { openDesk } from './desk-page.ts';
import { painted } from './painted.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

async function importAreas(forewatch: Forewatch): Promise<void> {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const areas = areasFile(
    { name: 'Metropolitan Police', rings: [box(-0.5, 51.3, 0.3, 51.7)] },
    { name: 'Kent', rings: [box(0.3, 51, 1.4, 51.5)] },
  );
  await saveForceAreas(database, readForceAreas(areas));
  await database.end();
}

test('lists all 43 forces, those without data as such; by keyboard one goes to a force and back', async ({
  forewatch,
  page,
}) => {
  await importAreas(forewatch);
  await forewatch.publish(recentIncident({ id: 'one' }), recentIncident({ id: 'two' }));
  await openDesk(page, forewatch);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/national')) asked.push(request.url());
  });
  await page.getByRole('button', { name: 'All forces' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-force]')).toHaveCount(43);
  const met = page.locator('li[data-force="metropolitan"]');
  await expect(met).toContainText('2');
  await expect(met).toContainText('1 feed live');
  await expect(page.locator('li[data-force="kent"]')).toContainText('no data');
  await expect(page.locator('li[data-force="kent"]')).not.toContainText('0');
  await expect.poll(() => painted(page, 'national')).toBeGreaterThan(50);
  await expect.poll(() => painted(page, 'hatch')).toBeGreaterThan(50);
  expect(asked.length).toBeGreaterThan(0);

  await met.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-force]')).toHaveCount(0);
  await expect(page).toHaveURL(/force=metropolitan/);
  await expect(page.locator('.leaflet-control-scale-line')).toContainText('10 km');

  await page.getByRole('button', { name: 'All forces' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-force]')).toHaveCount(43);
  await expect(page).not.toHaveURL(/force=metropolitan/);
});

test('a force whose boundary nobody imported stands in the list, and cannot be gone to', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  // Nothing is known yet: that is the national picture.
  await expect(page.locator('[data-force="kent"] button')).toBeDisabled();
  await expect(page.locator('[data-legend="national"]')).toContainText('No boundaries are imported');
});
