/** Replay at a real desk: what was known then and nothing later, moved by mouse and keys, shared as an address, left with one key. */
import type { Page } from '@playwright/test';
import type { ReplayState } from '../../shared/replay.ts';
import { hashPassword } from '../../server/access/secrets.ts';
import { saveAccount } from '../../server/store/account-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { until } from '../support/until.ts';
import { alertStage, type AlertStage } from './alert-stage.ts';
import { openDesk } from './desk-page.ts';
import { knownAt, knows } from './known-at.ts';
import { expect, recentIncident, test as base, type Forewatch } from './real-server.ts';
import { violations } from './violations.ts';

const test = base.extend<{ stage: AlertStage }>({
  stage: async ({ forewatch }, use) => {
    const stage = alertStage(forewatch);
    await use(stage);
    await stage.close();
  },
});

const replay = (page: Page) => page.locator('[data-replay]');
const listed = (page: Page, id: string) => page.locator(`[data-incident-id="${id}"]`);
const row = (page: Page, id: string) => page.locator(`#alerts [data-alert="${id}"]`);

async function openReplay(page: Page, forewatch: Forewatch, query: string): Promise<void> {
  await page.goto(`${forewatch.url}/replay?${query}`);
  await expect(replay(page)).toHaveAttribute('data-at', /\d+/);
}

async function standsAt(page: Page): Promise<number> {
  return Number(await replay(page).getAttribute('data-at'));
}

test('shows what was known then: what came late is absent, what was corrected not yet; and steps to both', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'first', category: 'burglary' }));
  const before = await knownAt(page, forewatch, knows('first'));
  const longAgo = formatInstant(Date.now() - 3 * HOUR_MS);
  await forewatch.publish(recentIncident({ id: 'late', occurredAt: longAgo, category: 'robbery' }));
  await knownAt(page, forewatch, knows('late'));
  await forewatch.publish(recentIncident({ id: 'first', revision: 2, category: 'shoplifting' }));
  const after = await knownAt(page, forewatch, knows('first', 2));

  await openReplay(page, forewatch, `at=${formatInstant(before)}`);
  await expect(listed(page, 'first')).toContainText('Burglary');
  await expect(listed(page, 'late')).toHaveCount(0);
  await expect(page.locator('[data-replay-banner]')).toContainText('What was known on');
  await expect(page.locator('[data-figure="happened"]')).toHaveText('1');

  await page.keyboard.press('.');
  await expect(listed(page, 'late').locator('[data-told="late"]')).toBeVisible();
  await expect(page.locator('[data-replay-status]')).toContainText('Robbery');
  const atLate = await standsAt(page);
  expect(atLate).toBeGreaterThan(before);
  await page.keyboard.press('.');
  await expect(listed(page, 'first')).toContainText('Shoplifting');
  await expect(listed(page, 'first').locator('[data-told="corrected"]')).toBeVisible();
  await page.keyboard.press('.');
  await expect(page.locator('[data-replay-status]')).toContainText('no further event');
  await page.keyboard.press(',');
  await expect(listed(page, 'first')).toContainText('Burglary');
  expect(await standsAt(page)).toBe(atLate);
  await page.keyboard.press(',');
  await expect(listed(page, 'late')).toHaveCount(0);

  // And by the slider's own field, as later known.
  await openReplay(page, forewatch, `at=${formatInstant(after)}`);
  await expect(listed(page, 'first')).toContainText('Shoplifting');
});

test('plays without skipping anything, at each speed, and stops at now', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'zero' }));
  const from = await knownAt(page, forewatch, knows('zero'));
  for (let n = 1; n <= 5; n++) {
    await forewatch.publish(recentIncident({ id: `no-${n}` }));
    await knownAt(page, forewatch, knows(`no-${n}`));
  }
  for (const speed of [10, 60, 600]) {
    await openReplay(page, forewatch, `at=${formatInstant(from)}&speed=${speed}`);
    await expect(listed(page, 'zero')).toBeVisible();
    await expect(listed(page, 'no-1')).toHaveCount(0);
    await page.keyboard.press(' ');
    await expect(replay(page)).toHaveAttribute('data-playing', 'true');
    await expect(listed(page, 'no-5')).toBeVisible();
    for (let n = 1; n <= 5; n++) await expect(listed(page, `no-${n}`)).toBeVisible();
  }
  await expect(replay(page)).toHaveAttribute('data-playing', 'false');
  await expect(page.locator('[data-replay-status]')).toContainText('This is now');
});

test('alerts stand as they stood, with the steps taken by then, and can be jumped to', async ({
  forewatch,
  stage,
  page,
}) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'somewhere' }));
  const before = await knownAt(page, forewatch, knows('somewhere'));
  const { id } = await stage.raise(0);
  const state = (wanted: string) => (known: ReplayState) =>
    known.snapshot.alerts.some((alert) => alert.id === id && alert.state === wanted);
  const raised = await knownAt(page, forewatch, state('raised'));
  const step = (act: string, data: object) =>
    page.request.post(`${forewatch.url}/api/alerts/${id}/${act}`, { data });
  await step('acknowledge', { expectedVersion: 1 });
  const taken = await knownAt(page, forewatch, state('acknowledged'));
  await step('resolve', { expectedVersion: 2, outcome: 'reassured' });
  await knownAt(page, forewatch, ({ snapshot }) => snapshot.alerts.length === 0);

  await openReplay(page, forewatch, `at=${formatInstant(before)}`);
  await expect(page.locator('#alerts')).toContainText('No alert was open');
  await page.keyboard.press(']');
  const panel = page.locator(`[data-alert-open="${id}"]`);
  await expect(panel.locator('[data-alert-steps] li')).toHaveText([/the server: raised/]);
  await expect(panel.locator('[data-alert-status]')).toContainText('not taken yet');
  expect(await standsAt(page)).toBeLessThanOrEqual(raised);
  await expect(panel.locator('[data-act]')).toHaveCount(0);
  await page.keyboard.press(']');
  await expect(page.locator('[data-replay-status]')).toContainText('no further alert');

  await openReplay(page, forewatch, `at=${formatInstant(taken)}`);
  await row(page, id).click();
  await expect(panel.locator('[data-alert-steps] li')).toHaveCount(2);
  await expect(panel.locator('[data-alert-status]')).toContainText('taken');
  await expect(page.locator(`[data-alert-mark="${id}"]`)).toHaveCount(1);
});

test('its address is the position: a stranger signs in, and stands there', async ({
  forewatch,
  page,
  browser,
}) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'shared' }));
  const at = await knownAt(page, forewatch, knows('shared'));
  await forewatch.publish(recentIncident({ id: 'later' }));
  await knownAt(page, forewatch, knows('later'));
  await openReplay(page, forewatch, `at=${formatInstant(at)}&theme=burglary&speed=10`);
  await expect(listed(page, 'shared')).toBeVisible();
  const address = page.url();
  expect(address).toContain(`at=${formatInstant(at)}`);

  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const other = await context.newPage();
  const refused = await other.request.get(`${forewatch.url}/api/state?at=${formatInstant(at)}`);
  expect(refused.status()).toBe(401);
  await other.goto(address);
  await other.locator('input[name="user"]').fill('admin');
  await other.locator('input[name="password"]').fill(forewatch.password);
  await other.keyboard.press('Enter');
  await expect(replay(other)).toHaveAttribute('data-at', String(at));
  await expect(listed(other, 'shared')).toBeVisible();
  await expect(listed(other, 'later')).toHaveCount(0);
  await expect(other.locator('[data-speed="10"]')).toHaveAttribute('aria-pressed', 'true');
  await context.close();
});

test('a partner looks back coarsely, and at no alerts', async ({ forewatch, stage, page, browser }) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'coarse' }));
  await stage.raise(0);
  const at = await knownAt(page, forewatch, ({ snapshot }) => snapshot.alerts.length > 0);
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'partner of replay' });
  const passwordArgon2id = await hashPassword('synthetic-password');
  await saveAccount(database, {
    ...{ name: 'partner-1', role: 'partner', passwordArgon2id, forces: [], cleared: false },
  });
  await database.end();
  const partner = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await partner.request.post(`${forewatch.url}/api/session`, {
    data: { user: 'partner-1', password: 'synthetic-password' },
  });
  await openReplay(partner, forewatch, `at=${formatInstant(at)}`);
  await expect(listed(partner, 'coarse')).toContainText('about');
  await expect(partner.locator('#alerts')).toHaveCount(0);
  await expect(partner.locator('[data-alert-mark]')).toHaveCount(0);
  await partner.context().close();
});

test('live goes on meanwhile, is counted, and one key returns to it with all that came', async ({
  forewatch,
  stage,
  page,
}) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'before' }));
  await expect(listed(page, 'before')).toBeVisible();
  await knownAt(page, forewatch, knows('before'));
  await page.keyboard.press('z');
  await expect(replay(page)).toHaveAttribute('data-at', /\d+/);
  await expect(page).toHaveURL(/\/replay\?/);
  await forewatch.publish(recentIncident({ id: 'meanwhile' }));
  const { id } = await stage.raise(0);
  await expect(page.locator('[data-meanwhile="1"]')).toBeVisible();
  await expect(page.locator('[data-new-alerts="1"]')).toBeVisible();
  await expect(listed(page, 'meanwhile')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(replay(page)).toHaveCount(0);
  await expect(listed(page, 'meanwhile')).toBeVisible();
  await expect(row(page, id)).toBeVisible();
  await expect(page).not.toHaveURL(/\/replay/);
  // And back again by the browser's own.
  await page.goBack();
  await expect(replay(page)).toHaveAttribute('data-at', /\d+/);
});

test('keys do all of it', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'one' }));
  const at = await knownAt(page, forewatch, knows('one'));
  await openReplay(page, forewatch, `at=${formatInstant(at)}`);
  await page.keyboard.press('q');
  const slider = page.getByRole('slider', { name: 'Time' });
  await expect(slider).toBeFocused();
  await expect(slider).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d/);
  await page.keyboard.press('Home');
  const first = await until(
    () => standsAt(page),
    (ms) => ms < at,
  );
  await page.keyboard.press('(');
  await page.keyboard.press('End');
  await until(
    () => standsAt(page),
    (ms) => ms > first,
  );
  await page.keyboard.press(')');
  await expect(page.locator('[data-range-said]')).toContainText('repeated');
  await expect(page).toHaveURL(/from=.*to=/);
  await page.keyboard.press('Backspace');
  await expect(page.locator('[data-range-said]')).toHaveCount(0);
  await page.keyboard.press('<');
  await expect(page.locator('[data-speed="10"]')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('>');
  await page.keyboard.press('>');
  await expect(page.locator('[data-speed="300"]')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  for (const act of ['play', 'step-on', 'step-back', 'next-alert', 'range-from', 'replay', 'slider'])
    await expect(list.locator(`[data-shortcut="${act}"]`)).toBeVisible();
  await expect(list.locator('[data-shortcut="take-alert"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(replay(page)).toHaveCount(0);
});

test('a drag along the slider moves it, and with Shift chooses a range', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await forewatch.publish(recentIncident({ id: 'one' }));
  const at = await knownAt(page, forewatch, knows('one'));
  await openReplay(page, forewatch, `at=${formatInstant(at)}`);
  await page.locator('[data-not-kept]').waitFor();
  // Some seconds are kept, at the right end: a drag may leave the slider.
  const box = await page.locator('.track').boundingBox();
  if (box === null) throw new Error('there is no slider');
  const [y, right] = [box.y + box.height / 2, box.x + box.width + 5];
  // To the left of what is kept: no farther than that.
  await page.mouse.click(box.x + 5, y);
  await until(
    () => standsAt(page),
    (ms) => ms < at,
  );
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width * 0.2, y);
  await page.mouse.down();
  await page.mouse.move(right, y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.locator('[data-range-said]')).toBeVisible();
});

for (const look of ['day', 'night'] as const) {
  for (const language of ['en', 'cy'] as const) {
    test(`has no violation (${look}, ${language})`, async ({ forewatch, stage, page }) => {
      await openDesk(page, forewatch);
      await forewatch.publish(recentIncident({ id: 'seen', origin: 'simulated' }));
      const { id } = await stage.raise(0);
      const at = await knownAt(page, forewatch, ({ snapshot }) => snapshot.alerts.length > 0);
      await openReplay(page, forewatch, `at=${formatInstant(at)}&look=${look}&lang=${language}`);
      await page.locator(`[data-alert-mark="${id}"]`).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('(');
      await row(page, id).click();
      await page.locator('#alert-title').waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }
}
