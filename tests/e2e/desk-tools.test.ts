/** What the desk opens by key: filters, search, and the list of the keys themselves. */
import { shortcutsOf } from '../../client/views/keys.ts';
import { happenInCity, HOT_CELL, openDesk } from './desk-page.ts';
import { expect, recentIncident, test } from './real-server.ts';

const long = (hours: number): string =>
  new Date(performance.timeOrigin + performance.now() - hours * 3_600_000).toISOString();

test('filters keep the lists to what was chosen, stand in the address, and are left by Escape', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  await forewatch.publish(
    recentIncident({ id: 'burgled' }),
    recentIncident({ id: 'robbed', category: 'robbery' }),
    recentIncident({ id: 'unreal', category: 'robbery', origin: 'simulated' }),
    recentIncident({ id: 'told-late', category: 'robbery', occurredAt: long(3) }),
    recentIncident({ id: 'elsewhere', force: 'kent', location: { lat: 51.27, lon: 0.52 } }),
  );
  const row = (id: string) => page.locator(`[data-incident-id="${id}"]`);
  await expect(row('elsewhere')).toBeVisible();
  await page.keyboard.press('f');
  const filters = page.getByRole('region', { name: 'Filters' });
  await expect(filters).toContainText('map and hotspots show all of the theme');
  await filters.getByRole('button', { name: 'Robbery' }).click();
  await expect(row('burgled')).toHaveCount(0);
  await expect(row('robbed')).toBeVisible();
  await filters.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(row('unreal')).toHaveCount(0);
  await filters.getByRole('button', { name: 'late', exact: true }).click();
  await expect(row('robbed')).toHaveCount(0);
  await expect(row('told-late')).toBeVisible();
  await expect(page).toHaveURL(/category=robbery&origin=live&mark=late/);
  await expect(page.locator('[data-tool="filters"]')).toContainText('Filters: 3');

  await page.reload();
  await expect(row('told-late')).toBeVisible();
  await expect(row('robbed')).toHaveCount(0);
  await page.keyboard.press('f');
  await filters.getByRole('button', { name: 'Clear' }).click();
  await expect(row('robbed')).toBeVisible();
  await filters.getByRole('combobox').selectOption('kent');
  await expect(row('robbed')).toHaveCount(0);
  await expect(row('elsewhere')).toBeVisible();
  await expect(page.locator('[data-figure="happened"]')).toHaveText('1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(filters).toHaveCount(0);
  await expect(page.locator('[data-tool="filters"]')).toBeFocused();
});

test('search finds places, hexagons, coordinates, forces, feeds and incidents, by keyboard', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  await forewatch.publish(
    recentIncident({ id: 'OLD-17', occurredAt: long(100), location: { lat: 51.6, lon: -0.3 } }),
  );
  await expect(page.locator(`[data-hotspot-cell="${HOT_CELL}"]`)).toBeVisible();
  // Of a crowd that comes at once the desk learns the counts alone: these two come after it, and by name.
  await forewatch.publish(recentIncident({ id: 'LONE-1' }), recentIncident({ id: 'LONE-12' }));
  await expect(page.locator('[data-incident-id="LONE-12"]')).toBeVisible();
  const results = page.getByRole('dialog').getByRole('option');
  const look = async (text: string): Promise<void> => {
    await page.keyboard.press('/');
    await page.getByRole('combobox').fill(text);
  };
  await look('westm');
  await expect(results.first()).toContainText('Westminster');
  await page.keyboard.press('Enter');
  await expect(page.locator('#cell-title')).toBeFocused();
  await expect(page).toHaveURL(/cell=89195da49/);

  await look('51.52,-0.08');
  await expect(results.first()).toContainText('hotspot 1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`cell=${HOT_CELL}`));

  await look('LONE-1');
  await page.keyboard.press('ArrowDown');
  await expect(results.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('combobox')).toHaveAttribute('aria-activedescendant', 'found-0');
  await page.getByRole('combobox').fill('OLD-17');
  await expect(results.filter({ hasText: 'OLD-17: Burglary' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(new RegExp(HOT_CELL));

  await look('nothing of the kind');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Nothing found.');
  // A letter that is a shortcut elsewhere is a letter here.
  await page.getByRole('combobox').fill('');
  await page.keyboard.type('test');
  await expect(results.first()).toContainText('Police test');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-feed="police/test"]')).toBeFocused();
  await look('metro');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/force=metropolitan/);
});

test('every key is listed under ?, each once, and Escape closes the list', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  const shortcuts = shortcutsOf('desk');
  await expect(dialog.locator('[data-shortcut]')).toHaveCount(shortcuts.length);
  for (const { act } of shortcuts) await expect(dialog.locator(`[data-shortcut="${act}"] kbd`)).toBeVisible();
  // Nothing under it hears a key.
  await page.keyboard.press('m');
  await expect(page.locator('[data-table-twin]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(page.locator('[data-table-twin]')).toBeVisible();
});
