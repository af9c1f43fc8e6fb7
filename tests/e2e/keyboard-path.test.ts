/** From signing in to why a hexagon is forecast so, without a mouse. */
import { happenInCity, HOT_CELL } from './desk-page.ts';
import { expect, test } from './real-server.ts';

test('leads by keys alone from signing in to a hexagon’s why, and back to where one came from', async ({
  forewatch,
  page,
}) => {
  await happenInCity(forewatch);
  await page.goto(forewatch.url);
  // Before the form is there a Tab leads nowhere.
  await page.locator('[name="user"]').waitFor();
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  while ((await focused.getAttribute('name')) !== 'user') await page.keyboard.press('Tab');
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type(forewatch.password);
  await page.keyboard.press('Enter');
  await page.locator('[data-connection="live"]').waitFor();
  const row = page.locator(`[data-hotspot-cell="${HOT_CELL}"]`);
  await expect(row).toBeVisible();

  await page.keyboard.press('r');
  await expect(row).toBeFocused();
  // What has the focus is seen to have it.
  await expect(row).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('ArrowDown');
  await expect(row).not.toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('#cell-title')).toBeFocused();
  await expect(page.locator('[data-cell-why]')).toContainText('come from incidents in this hexagon');
  await page.keyboard.press('y');
  await expect(page.locator('#cell-why')).toBeFocused();
  await expect(page.locator('#cell-why')).toBeInViewport();

  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(new RegExp(HOT_CELL));
  await page.keyboard.press('p');
  await expect(page).toHaveURL(new RegExp(HOT_CELL));
  await page.keyboard.press('Escape');
  await expect(page.locator('#cell-title')).toHaveCount(0);
  await expect(row).toBeFocused();

  // Tab goes through all that there is, and no part keeps it.
  const reached = async (selector: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.locator(`${selector}:focus, ${selector} :focus`).count()) > 0) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  };
  await reached('#incidents');
  await reached('nav');
  await reached('[data-tool="search"]');
  await reached('.leaflet-container');
  await reached('#hotspots');
});
