/** Tasking of hotspots from the desk, by keyboard alone: assigned, stepped through, held out with a reason. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { happenInCity, HOT_CELL, openDesk } from './desk-page.ts';
import { expect, recentIncident, test } from './real-server.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

test('a hotspot is tasked to a unit by keyboard, and the tasking goes on from the same list', async ({
  forewatch,
  page,
}) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch);
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"][data-rank="1"]`).waitFor();
  await page.keyboard.press('n');
  await page.locator(`[data-cell="${HOT_CELL}"]`).waitFor();
  await page.keyboard.press('v');
  await expect(page.locator(`[data-tasking-form="${HOT_CELL}"] input[name="unit"]`)).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('MT-12');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-tasking-done]')).toHaveText('MT-12 is tasked.');
  const row = page.locator('[data-tasking][data-state="tasked"]');
  await expect(row).toContainText('MT-12');
  // Nobody tells where units are: no minutes are not none.
  await expect(row).toHaveAttribute('data-dose', 'unknown');
  await row.locator('[data-act="accept"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-tasking][data-state="accepted"]')).toContainText('MT-12');
  await page.locator('[data-act="cancel"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('input[name="cancel-reason"]').fill('called away');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-tasking][data-state="cancelled"]')).toContainText('MT-12');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('hotspots are held out at random by who leads, and tasking one needs a reason', async ({
  forewatch,
  page,
}) => {
  // One hotspot to each hundred hexagons: enough to hold some out.
  await forewatch.publish(
    ...Array.from({ length: 600 }, (_, i) =>
      recentIncident({
        id: `many-${i}`,
        location: { lat: 51.4 + Math.floor(i / 25) * 0.007, lon: -0.25 + (i % 25) * 0.011 },
      }),
    ),
  );
  await openDesk(page, forewatch, '?horizon=24');
  await page.locator('[data-rank="4"]').waitFor();
  await page.keyboard.press('v');
  await page.locator('input[name="one-in"]').fill('2');
  await page.locator('[data-draw]').click();
  await expect(page.locator('[data-hold-out="drawn"]')).toBeVisible();
  await expect(page.locator('[data-effect="no-days-yet"]').first()).toBeVisible();
  const held = page.locator('[data-untasked]:has([data-held-out])').first();
  await held.getByRole('button').click();
  await expect(page.locator('[data-tasking-form] [data-held-out]')).toContainText('held out until');
  expect(await violations(page)).toEqual([]);
  await page.locator('[data-tasking-form] input[name="unit"]').fill('MT-12');
  await page.locator('input[name="hold-out-reason"]').fill('threat to life');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-tasking-done]')).toHaveText('MT-12 is tasked.');
  await page.keyboard.press('Escape');
  // The list behind shows both, and the strip below the map says that it is too early.
  await expect(page.locator('#hotspots [data-held-out]').first()).toBeVisible();
  await expect(page.locator('[data-effect-strip="metropolitan"]')).toContainText('no whole day has passed');
});

test('two desks that task the same hotspot are told apart', async ({ forewatch, page }) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch);
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"][data-rank="1"]`).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.press('v');
  await page.locator(`[data-tasking-form="${HOT_CELL}"]`).waitFor();
  const other = await page.context().request.post(`${forewatch.url}/api/taskings`, {
    data: { force: 'metropolitan', cell: HOT_CELL, unit: 'MT-1' },
  });
  expect(other.status()).toBe(200);
  await page.keyboard.type('MT-12');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('MT-1 has been tasked with this hotspot by admin');
});
