/** A new build is taken up by an unattended wall, and not one frame is blank meanwhile. */
import type { Page } from '@playwright/test';
import { inkOf, watchFrames } from './frames.ts';
import { expect, recentIncident, test } from './real-server.ts';

/**
 * Has the first pages of this tab, so many, believe that they are of older builds. A page handed out by the test itself
 * would not do: the browser would not let it talk to a server on this machine.
 */
async function startAsOlder(page: Page, times: number): Promise<void> {
  await page.addInitScript((older) => {
    const loaded = Number(sessionStorage.getItem('loaded') ?? 0);
    sessionStorage.setItem('loaded', String(loaded + 1));
    if (loaded >= older) return;
    // Parsed, and nothing of it has run yet.
    document.addEventListener('readystatechange', () => {
      document.querySelector('meta[name="forewatch-build"]')?.setAttribute('content', `older-${loaded}`);
    });
  }, times);
}

test('a wall takes up a new build without one blank frame', async ({ forewatch, page, context }) => {
  await forewatch.publish(...Array.from({ length: 40 }, (_, n) => recentIncident({ id: `before-${n}` })));
  await startAsOlder(page, 1);
  await page.goto(`${forewatch.url}/wall?role=force#${forewatch.wallToken}`);
  await page.locator('html[data-shown="yes"] [data-incident-id="before-39"]').waitFor();
  const frames = await watchFrames(await context.newCDPSession(page));
  const first = await expect
    .poll(() => frames.length)
    .toBeGreaterThan(0)
    .then(() => frames[0]!);

  const next = page.frameLocator('iframe');
  await expect(page.locator('#app')).toHaveCount(0);
  await expect(next.locator('main.wall[data-connection="live"]')).toBeVisible();
  await forewatch.publish(recentIncident({ id: 'after' }));
  await expect(next.locator('[data-incident-id="after"]')).toBeVisible();

  const reader = await context.newPage();
  const [usual = 0] = await inkOf(reader, [first]);
  expect(usual).toBeGreaterThan(0.01);
  const seen = await inkOf(reader, frames);
  expect(seen.length).toBeGreaterThan(3);
  expect(Math.min(...seen)).toBeGreaterThan(usual * 0.6);
});

test('and the one after that, once the server has come back with it', async ({ forewatch, page }) => {
  await startAsOlder(page, 2);
  await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
  const next = page.frameLocator('iframe');
  // The first to come is itself older than what the server has.
  await expect(page.locator('#app')).toHaveCount(0);
  await expect(page.locator('iframe')).toHaveCount(1);
  await expect(next.locator('html[data-shown="yes"] main[data-connection="live"]')).toBeVisible();
  await expect
    .poll(() => next.locator('meta[name="forewatch-build"]').getAttribute('content'))
    .not.toContain('older');
  await forewatch.publish(recentIncident({ id: 'after' }));
  await expect(next.locator('[data-incident-id="after"]')).toBeVisible();
});

test('a new build that shows nothing is not taken up', async ({ forewatch, page }) => {
  await startAsOlder(page, 1);
  await page.addInitScript(() => {
    if (window.top === window) return;
    // Whatever is built then has nowhere to begin.
    document.addEventListener('readystatechange', () => document.getElementById('app')?.remove());
  });
  await page.clock.install();
  await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
  await page.locator('iframe').waitFor({ state: 'attached' });
  await page.clock.fastForward('02:00');
  await page.clock.runFor(1_000);
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.locator('main.wall')).toBeVisible();
});

test('a desk is told of a new build, and loads it when its reader says so', async ({ forewatch, page }) => {
  await startAsOlder(page, 1);
  await page.context().request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  await page.goto(forewatch.url);
  const told = page.locator('[data-new-build]');
  await expect(told).toBeVisible();
  await told.getByRole('button').press('Enter');
  await page.locator('[data-connection="live"]').waitFor();
  await expect(told).toHaveCount(0);
});
