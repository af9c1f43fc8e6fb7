/** In replay: whether the forecast came true, and what became known only later, in the panels and on the map. */
import { storeForecast } from '../../server/store/forecast-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { cellAt } from '../../shared/cell.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { happenInCity, HOT_CELL, openDesk } from './desk-page.ts';
import { knownAt, knows } from './known-at.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';
import { violations } from './violations.ts';

const CELLS = [HOT_CELL, ...Array.from({ length: 120 }, (_, n) => cellAt(51.3 + n * 0.004, 0.3))];

/** For the eight hours of which two have passed: most is expected where most happens. */
async function issue(forewatch: Forewatch): Promise<void> {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'browser test' });
  const fromMs = Date.now() - 2 * HOUR_MS;
  const window = { from: formatInstant(fromMs), to: formatInstant(fromMs + 8 * HOUR_MS) };
  await storeForecast(database, {
    ...{ force: 'metropolitan', theme: 'all', horizonHours: 8, issuedAt: window.from, window },
    ...{ modelId: 'a model', dispersion: 0.1, cells: CELLS },
    expected: Float32Array.from(CELLS, (_, index) => (index === 0 ? 3 : 0.02)),
  });
  await database.end();
}

test('the forecast of a moment is shown with what came of it, and the map draws it', async ({
  forewatch,
  page,
}) => {
  await issue(forewatch);
  await happenInCity(forewatch);
  await openDesk(page, forewatch, '?force=metropolitan');
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"]`).waitFor();
  const at = formatInstant(await knownAt(page, forewatch, knows('spread-239')));
  await page.goto(`${forewatch.url}/replay?at=${at}&force=metropolitan`);
  await page.locator('[data-time-machine]').waitFor();
  await page.locator('[data-tool="outcome"]').click();
  await expect(page.locator('#looking-back-title')).toBeFocused();
  const model = page.locator('[data-outcome-map="model"]');
  await expect(model).toHaveAttribute('data-hits', '30');
  await expect(page.locator(`[data-outcome-cell="${HOT_CELL}"]`)).toHaveAttribute('data-observed', '30');
  await expect(page.locator('[data-outcome-state="running"]')).toContainText('not over');
  await expect(
    page.locator('.leaflet-pane.forewatch-looking-back canvas, [class*="looking-back"] canvas').first(),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);
  // Earlier than the first there is none.
  await expect(page.locator('[data-outcome-step="earlier"]')).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-looking-back]')).toHaveCount(0);
  await page.keyboard.press('%');
  await expect(page.locator('[data-looking-back="outcome"]')).toBeVisible();
});

test('what came late, was corrected and was cancelled since is told, and drawn by a switch', async ({
  forewatch,
  page,
}) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch, '?force=metropolitan');
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"]`).waitFor();
  const at = formatInstant(await knownAt(page, forewatch, knows('spread-239')));
  const before = { occurredAt: new Date(Date.now() - 10 * 60_000).toISOString() };
  await forewatch.publish(
    recentIncident({ id: 'late-1', ...before, category: 'robbery' }),
    recentIncident({ id: 'hot-1', revision: 2, category: 'violence' }),
    recentIncident({ id: 'hot-2', revision: 2, status: 'cancelled' }),
  );
  await expect(page.locator('#incidents')).toContainText('Robbery');
  await page.goto(`${forewatch.url}/replay?at=${at}&force=metropolitan`);
  await page.locator('[data-time-machine]').waitFor();
  await page.keyboard.press('=');
  const difference = page.locator('[data-known-difference]');
  await expect(difference).toHaveAttribute('data-late', '1');
  await expect(difference).toHaveAttribute('data-corrected', '1');
  await expect(difference).toHaveAttribute('data-cancelled', '1');
  await expect(difference).toContainText('270 known then, 270 known now');
  const panel = page.locator('[data-looking-back="known"]');
  await expect(panel).toContainText('Burglary → Violence');
  expect(await violations(page)).toEqual([]);
  await page.locator('[data-known="then"]').click();
  await expect(panel).not.toContainText('Burglary → Violence');
  await page.locator('[data-known="now"]').click();
  await panel.getByRole('button', { name: /^Robbery/ }).click();
  await expect(page.locator('[data-cell]')).toBeVisible();
});
