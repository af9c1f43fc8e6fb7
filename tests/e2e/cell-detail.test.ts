/** A hexagon in detail: what happened, what is expected and why, on the real server, by mouse and by address. */
import { HOT_CELL, happenInCity, openDesk } from './desk-page.ts';
import { expect, recentIncident, test } from './real-server.ts';

test('tells what happened, what is expected beside the naive map, and why; and goes on telling', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"]`).click();
  const panel = page.locator(`[data-cell="${HOT_CELL}"] >> visible=true`).first();
  await expect(page.locator('[data-cell-total]')).toContainText('30 in the last 24 h');
  await expect(panel.locator('[data-category="burglary"]')).toContainText('20');
  await expect(panel.locator('[data-category="robbery"]')).toContainText('10');
  await expect(panel.getByRole('img', { name: /30 incidents by hour/ })).toBeVisible();
  const forecast = panel.locator('[data-forecast-theme="all"] button[data-horizon="8"]');
  await expect(forecast).toHaveAttribute('aria-pressed', 'true');
  await expect(forecast).toHaveAccessibleName(/All incidents, next 8 h: .*80 % .*95 % .*map /);
  await expect(panel.locator('[data-cell-why]')).toContainText('come from incidents in this hexagon');
  await expect(panel.locator('[data-term="incidents"] rect').first()).toBeVisible();
  await expect(panel.locator('[data-against] li').first()).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`cell=${HOT_CELL}`));

  // Another theme and horizon has a why of its own, and the picture follows.
  await panel.locator('[data-forecast-theme="burglary"] button[data-horizon="24"]').click();
  await expect(panel.locator('[data-cell-why]')).toContainText('Burglary in this hexagon');
  await expect(page).toHaveURL(/theme=burglary&horizon=24/);

  await forewatch.publish(
    recentIncident({ id: 'one-more', location: { lat: 51.52, lon: -0.08 }, category: 'burglary' }),
  );
  await expect(page.locator('[data-cell-total]')).toContainText('31 in the last 24 h');
});

test('is told of coarsely where the theme is sensitive, and says so where nothing is known', async ({
  forewatch,
  page,
}) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch, `?cell=${HOT_CELL}`);
  await expect(page.locator('[data-forecast-theme="vawg"]')).toContainText('of the area of 5 km²');
  await expect(page.locator('[data-cell-total]')).toContainText('30');
  await page.goto(`${forewatch.url}/?cell=89195d0f267ffff`);
  await expect(page.locator('[data-cell-data="none"]')).toContainText('nothing is known');
  await expect(page.locator('[data-no-forecast]')).toContainText('not part of any area that is forecast');
  await expect(page.locator('[data-presence="patrol"]')).toContainText('Not known');
  await expect(page.locator('[data-presence="officer"]')).toContainText('Not known');
});

test('keeps what was last read while the server is away, and says so', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"]`).click();
  await expect(page.locator('[data-cell-total]')).toContainText('30');
  await forewatch.kill();
  await expect(page.locator('[data-cell-fault]')).toContainText('what was last read');
  await expect(page.locator('[data-cell-total]')).toContainText('30');
  await forewatch.start();
  await expect(page.locator('[data-cell-fault]')).toHaveCount(0);
});

test('opens by a click on the map, at the hexagon that was clicked', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  await expect(page.locator(`[data-hotspot-cell="${HOT_CELL}"]`)).toBeVisible();
  await page.locator('.leaflet-container').click({ position: { x: 300, y: 200 } });
  await expect(page.locator('#cell-title')).toBeVisible();
  await expect(page).toHaveURL(/cell=8[79]/);
});
