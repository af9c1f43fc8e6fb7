/** Each view's code is loaded only where that view is shown, and nobody sees that it is. */
import type { Page } from '@playwright/test';
import { openDesk } from './desk-page.ts';
import { inkOf, watchFrames } from './frames.ts';
import { expect, recentIncident, test } from './real-server.ts';

/** Keeps back the code of one view or dialog; what is returned lets it through. */
async function holdBack(page: Page, name: string): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(`**/assets/${name}-*.js`, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test('from sign-in to desk no frame is blank, however late its code comes', async ({
  forewatch,
  page,
  context,
}) => {
  const letGo = await holdBack(page, 'Desk');
  await page.goto(`${forewatch.url}/?look=night`);
  const form = page.locator('form');
  await form.waitFor();
  const frames = await watchFrames(await context.newCDPSession(page));
  await page.locator('input[name="user"]').fill('admin');
  await page.locator('input[name="password"]').fill(forewatch.password);
  const session = page.waitForResponse(
    (response) => response.url().endsWith('/api/session') && response.request().method() === 'GET',
  );
  await page.locator('button[type="submit"]').click();
  await session;
  await expect(form).toBeVisible();
  letGo();
  await page.locator('main.desk[data-connection="live"]').waitFor();
  const reader = await context.newPage();
  const seen = await inkOf(reader, frames);
  expect(seen.length).toBeGreaterThan(2);
  const [signIn = 0] = seen;
  expect(signIn).toBeGreaterThan(0.001);
  expect(Math.min(...seen)).toBeGreaterThan(signIn * 0.5);
});

test('a wall whose code the server did not have comes up by itself', async ({ forewatch, page }) => {
  await page.clock.install();
  let isThere = false;
  await page.route('**/assets/Wall-*.js', (route) =>
    isThere ? route.continue() : route.fulfill({ status: 404 }),
  );
  await forewatch.publish(recentIncident({ id: 'before' }));
  await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
  await expect(page.locator('main')).toContainText('does not answer');
  isThere = true;
  await page.clock.runFor(10_000);
  await page.locator('main.wall [data-incident-id="before"]').waitFor();
});

test('a dialog whose code cannot be had says so, and offers the page anew', async ({ forewatch, page }) => {
  await page.route('**/assets/Displays-*.js', (route) => route.fulfill({ status: 404 }));
  await openDesk(page, forewatch);
  await page.locator('[data-opens="displays"]').click();
  const missing = page.locator('dialog [data-missing-code]');
  await expect(missing).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(missing).toHaveCount(0);
  await expect(page.locator('[data-opens="displays"]')).toBeFocused();
});

test('a wall reads no code of the desk', async ({ forewatch, page }) => {
  const read: string[] = [];
  page.on('request', (request) => read.push(new URL(request.url()).pathname));
  await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
  await page.locator('html[data-shown="yes"]').waitFor();
  const named = (name: string): string[] => read.filter((path) => path.startsWith(`/assets/${name}-`));
  expect(named('Wall')).not.toEqual([]);
  expect([...named('Desk'), ...named('Partner'), ...named('Displays'), ...named('AlertSettings')]).toEqual(
    [],
  );
});
