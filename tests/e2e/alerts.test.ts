/** From an alert raised to a unit assigned, at real desks: called, taken by keys, raced for, put off, and never acted on stale. */
import type { Page } from '@playwright/test';
import { MINUTE_MS } from '../../shared/time.ts';
import { until } from '../support/until.ts';
import { alertStage, placeAt, type AlertStage } from './alert-stage.ts';
import { violations } from './violations.ts';
import { expect, recentIncident, test as base } from './real-server.ts';

const test = base.extend<{ stage: AlertStage; desk: Page }>({
  stage: async ({ forewatch }, use) => {
    const stage = alertStage(forewatch);
    await forewatch.publish(recentIncident({ id: 'somewhere' }));
    await use(stage);
    await stage.close();
  },
  desk: async ({ stage, browser }, use) => {
    const page = await stage.dispatcher(browser, 'desk-1');
    await use(page);
    await page.context().close();
  },
});

const row = (page: Page, id: string) => page.locator(`#alerts [data-alert="${id}"]`);

test('an alert is listed with what, where and how rarely, and said once to who does not look', async ({
  stage,
  desk,
}) => {
  const { id } = await stage.raise(0);
  await expect(row(desk, id)).toContainText('12 where 2.4 are expected');
  await expect(row(desk, id)).toContainText('by chance once in 30 days');
  await expect(row(desk, id)).toContainText(/new since \d\d:\d\d/);
  await expect(row(desk, id)).toContainText('high');
  await expect(row(desk, id)).toContainText('not taken yet');
  const said = desk.locator('[data-alert-caller]');
  await expect(said).toContainText('Alert, high: Burglary');
  await expect(said).toHaveAttribute('aria-live', 'polite');
});

test('three keys lead from an alert to the nearest unit', async ({ forewatch, stage, desk }) => {
  const { id } = await stage.raise(0);
  const [lat, lon] = [51.42, -0.25];
  const at = new Date(Date.now() - MINUTE_MS).toISOString();
  await forewatch.patrol({ unit: 'unit-far', at, lat: lat + 0.05, lon });
  await forewatch.patrol({ unit: 'unit-near', at, lat: lat + 0.01, lon });
  await until(
    async () => {
      const answer = await desk.request.get(`${forewatch.url}/api/patrols/units?force=metropolitan`);
      return ((await answer.json()) as { units: unknown[] }).units;
    },
    ({ length }) => length === 2,
  );
  await row(desk, id).waitFor();
  await desk.keyboard.press('a');
  await desk.keyboard.press('u');
  await expect(desk.locator('input[name="unit"]')).toHaveValue('unit-near');
  await desk.keyboard.press('Enter');
  const panel = desk.locator(`[data-alert-open="${id}"]`);
  await expect(panel).toHaveAttribute('data-state', 'assigned');
  await expect(panel.locator('[data-alert-status]')).toContainText('unit unit-near');
  await expect(panel.locator('[data-alert-steps] li')).toHaveText([
    /the server: raised/,
    /desk-1: taken/,
    /desk-1: assigned\s+unit-near/,
  ]);
  await expect(row(desk, id)).toContainText('unit unit-near');

  // And on to its end, with an outcome and what is to be said of it.
  await expect(desk.locator('#alert-title')).toBeFocused();
  await desk.keyboard.press('o');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('alert').filter({ hasText: 'Choose an outcome' })).toBeVisible();
  await desk.keyboard.press('2');
  await desk.locator('input[name="note"]').fill('quiet when left');
  await desk.keyboard.press('Enter');
  await expect(panel).toHaveAttribute('data-state', 'resolved');
  await expect(panel).toContainText('quiet when left');
  await expect(row(desk, id)).toHaveCount(0);
});

test('of two dispatchers the second is told who has it, and nothing that was typed is lost', async ({
  browser,
  stage,
  desk,
}) => {
  const { id } = await stage.raise(0);
  const other = await stage.dispatcher(browser, 'desk-2');
  for (const page of [desk, other]) {
    await row(page, id).click();
    await page.locator('#alert-title').waitFor();
  }
  await other.keyboard.press('x');
  await other.keyboard.press('1');
  await other.locator('input[name="note"]').fill('a fair in the park');
  await desk.keyboard.press('a');
  await expect(row(desk, id)).toContainText('with desk-1');
  await expect(row(other, id)).toContainText('with desk-1');
  const refusal = other.locator('[data-refusal="moved-on"]');
  await expect(refusal).toContainText('What you typed is still here.');
  await other.locator('input[name="note"]').press('Enter');
  await expect(refusal).toContainText('desk-1 has this alert: it is taken.');
  await expect(other.locator('input[name="note"]')).toHaveValue('a fair in the park');
  await expect(row(other, id)).toHaveAttribute('data-state', 'acknowledged');
  await other.context().close();
});

test('who races for an alert by the same key has it, or is told who has', async ({
  browser,
  stage,
  desk,
}) => {
  const { id } = await stage.raise(0);
  const other = await stage.dispatcher(browser, 'desk-2');
  await Promise.all([desk, other].map((page) => row(page, id).waitFor()));
  await Promise.all([desk, other].map((page) => page.keyboard.press('a')));
  await expect(row(desk, id)).toContainText(/with desk-[12]/);
  await expect(row(other, id)).toContainText(/with desk-[12]/);
  const winner = /with (desk-[12])/.exec((await row(desk, id).textContent()) ?? '')?.[1] ?? '';
  const loser = winner === 'desk-1' ? other : desk;
  // Whoever pressed the key after having been told finds none that waits.
  await expect(loser.locator('[data-refusal]')).toHaveText(
    new RegExp(`${winner} has this alert: it is taken|No alert waits`),
  );
  await other.context().close();
});

test('a page that is stale cannot act on an alert that has moved on, and shows at once how it stands', async ({
  browser,
  stage,
}) => {
  const { id } = await stage.raise(0);
  const fresh = await stage.dispatcher(browser, 'desk-2');
  const stale = await stage.dispatcher(browser, 'desk-1', { isDeaf: true });
  await row(stale, id).click();
  await fresh.keyboard.press('a');
  await expect(row(fresh, id)).toContainText('with desk-2');
  await expect(row(stale, id)).toHaveAttribute('data-version', '1');
  await stale.keyboard.press('a');
  await expect(stale.locator('[data-refusal]')).toContainText('desk-2 has this alert');
  await expect(row(stale, id)).toHaveAttribute('data-version', '2');
  await expect(row(stale, id)).toContainText('with desk-2');
  for (const page of [fresh, stale]) await page.context().close();
});

test('what is shelved is counted, comes back by itself and calls again', async ({ stage, desk }) => {
  const { id } = await stage.raise(0);
  await row(desk, id).click();
  await desk.keyboard.press('s');
  await desk.keyboard.press('2');
  await desk.keyboard.press('Enter');
  await expect(row(desk, id)).toHaveCount(0);
  await desk.locator('[data-alert-filter="shelved"]').click();
  await expect(row(desk, id)).toContainText('shelved until');
  await desk.locator('[data-alert-filter="called"]').click();
  await stage.pass(9 * MINUTE_MS);
  await expect(row(desk, id)).toHaveCount(0);
  await stage.pass(11 * MINUTE_MS);
  await expect(row(desk, id)).toBeVisible();
  await expect(row(desk, id)).toContainText('not taken yet');
});

test('every other step has its key, too, and so has the way to the hexagon and back', async ({
  stage,
  desk,
}) => {
  const { id } = await stage.raise(0, { priority: 'medium' });
  await row(desk, id).waitFor();
  await desk.keyboard.press('k');
  await expect(row(desk, id)).toBeFocused();
  await desk.keyboard.press('Enter');
  const panel = desk.locator(`[data-alert-open="${id}"]`);
  await expect(desk.locator('#alert-title')).toBeFocused();
  await desk.keyboard.press('s');
  await desk.keyboard.press('Enter');
  await expect(panel.locator('[data-alert-status]')).toContainText('shelved until');
  await desk.keyboard.press('b');
  await expect(panel.locator('[data-alert-status]')).not.toContainText('shelved');
  await desk.keyboard.press('e');
  await expect(row(desk, id)).toHaveAttribute('data-priority', 'high');
  await desk.keyboard.press('j');
  await expect(desk.locator('#cell-title')).toBeFocused();
  await expect(desk).toHaveURL(new RegExp(placeAt(0)));
  await desk.keyboard.press('Escape');
  await expect(panel).toBeVisible();
  // No reason, no dismissal.
  await desk.keyboard.press('x');
  await desk.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('without one an alert cannot be dismissed');
  await desk.keyboard.press('5');
  await desk.keyboard.press('Enter');
  await expect(panel).toHaveAttribute('data-state', 'dismissed');
  await expect(panel.locator('[data-alert-steps]')).toContainText('desk-1: dismissed');
  await expect(row(desk, id)).toHaveCount(0);
  await desk.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('what nobody takes is escalated, and says so', async ({ stage, desk }) => {
  const { id } = await stage.raise(0, { priority: 'medium' });
  await expect(row(desk, id)).toHaveAttribute('data-priority', 'medium');
  await stage.pass(11 * MINUTE_MS);
  await expect(row(desk, id)).toHaveAttribute('data-priority', 'high');
  await expect(row(desk, id).locator('[data-escalated]')).toContainText('escalated');
});

test('ten in ten minutes are told as one flood, with what is held back', async ({ stage, desk }) => {
  for (let index = 0; index < 12; index++) {
    const kind = index % 3 === 0 ? 'rule' : 'emerging';
    await stage.raise(index, { priority: index < 3 ? 'high' : 'low' }, { kind, class: null });
  }
  const banner = desk.locator('[data-flood]');
  await expect(banner).toContainText('Flood of alerts: 12 in ten minutes');
  await expect(banner).toContainText('8 × Emerging');
  await expect(banner).toContainText('4 × Rule');
  await expect(banner.locator('[data-flood-held]')).not.toHaveAttribute('data-flood-held', '0');
  await expect(desk.locator('[data-alert-filter="held-back"]')).toBeVisible();
  await expect(desk.locator('[data-alert-caller]')).toContainText('Flood of alerts');
  await expect(desk.locator('[data-meter]')).toContainText('per dispatcher in 10 min (steady: 1)');
  await expect(desk.locator('[data-meter]')).toContainText('(aim 5 %, 15 %, 80 %)');
});

test('alerts are heard where somebody asked for it: a tone by priority, speech in the page’s language, and next time', async ({
  stage,
  browser,
}) => {
  const page = await stage.dispatcher(browser, 'desk-1', { query: '?lang=cy', isHeard: true });
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await stage.raise(0);
  await expect(page.locator('[data-alert-caller]')).toContainText('Rhybudd, uchel: Byrgleriaeth');
  expect(await heard()).toEqual([]);
  await page.locator('[data-sound="tone"]').click();
  await page.locator('[data-sound="speech"]').click();
  await page.reload();
  await page.locator('[data-connection="live"]').waitFor();
  await expect(page.locator('[data-sound="tone"]')).toHaveAttribute('aria-pressed', 'true');
  await page.locator('[data-alert]').first().waitFor();
  expect(await heard()).toEqual([]);
  await stage.raise(1, { priority: 'high' });
  await expect(page.locator('[data-alert-caller]')).toContainText('Rhybudd, uchel');
  const sounds = await heard();
  expect(sounds.filter((sound) => /Hz$/.test(sound))).toHaveLength(6);
  expect(sounds.filter((sound) => /^cy-GB: Rhybudd, uchel/.test(sound))).toHaveLength(1);
  await page.context().close();
});

for (const [look, language] of [
  ['night', 'en'],
  ['day', 'cy'],
] as const) {
  test(`alerts, their detail and their forms have no violation (${look}, ${language})`, async ({
    stage,
    browser,
  }) => {
    for (let index = 0; index < 11; index++)
      await stage.raise(index, { priority: (['high', 'medium', 'low'] as const)[index % 3] ?? 'low' });
    await stage.raise(0, { place: 'beside', priority: 'low' }, { kind: 'near-repeat', class: null });
    const page = await stage.dispatcher(browser, 'desk-1', { query: `?look=${look}&lang=${language}` });
    await page.locator('[data-flood]').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('a');
    await page.locator('[data-alert-open][data-state="acknowledged"]').waitFor();
    for (const key of ['u', 'o', 'x', 's']) {
      await page.keyboard.press(key);
      await page.locator('[data-alert-form]').waitFor();
      // The key opens the field, and is not typed into it.
      if (key === 'u') await expect(page.locator('input[name="unit"]')).toHaveValue('');
      expect(await violations(page), `after ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      if ((await page.locator('[data-alert-open]').count()) === 0) throw new Error(`${key} closed too much`);
    }
    const english = await page.locator('#alerts').textContent();
    if (language === 'cy') expect(english).not.toMatch(/not taken|expected|per dispatcher|High|medium/);
    await page.context().close();
  });
}

test('a wall tells how many are open and the most urgent of them, and its alerts’ screen the rate', async ({
  stage,
  wall,
  forewatch,
}) => {
  const { id } = await stage.raise(0);
  await stage.raise(1, { priority: 'medium' });
  const strip = wall.locator('[data-alert-strip="2"]');
  await expect(strip.locator('[data-priority="high"]')).toHaveAttribute('data-count', '1');
  await expect(strip.locator(`[data-strip-alert="${id}"]`)).toContainText('12 where 2.4 are expected');
  await wall.goto(`${forewatch.url}/wall?role=alerts#${forewatch.wallToken}`);
  await expect(wall.locator('[data-alerts="2"] [data-alert]')).toHaveCount(2);
  await expect(wall.locator('[data-alerts="2"]')).toContainText('2 not taken');
  await expect(wall.locator('[data-meter]')).toContainText('(aim 5 %, 15 %, 80 %)');
  await expect(wall.locator('[data-alerts="2"] button')).toHaveCount(0);
});
