/** Rules that raise alerts, written by an administrator at the desk: tried first, then saved; and who is told of alerts. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { NamedRule } from '../../shared/alert-rule.ts';
import { DAY_MS, formatInstant, MINUTE_MS } from '../../shared/time.ts';
import { webhookReceiver } from '../support/webhook-receiver.ts';
import { openDesk } from './desk-page.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

test.use({ environment: { WEBHOOK_ALLOW: '127.0.0.1' } });

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Three robberies within an hour on each of five days. */
async function past(forewatch: Forewatch): Promise<void> {
  const days = [2, 4, 5, 9, 20];
  const incidents = days.flatMap((day) =>
    [0, 10, 20].map((minutes) => {
      const atMs = Date.now() - day * DAY_MS - minutes * MINUTE_MS;
      return recentIncident({
        ...{ id: `past-${day}-${minutes}`, origin: 'recorded', category: 'robbery' },
        ...{ occurredAt: formatInstant(atMs), force: 'metropolitan' },
      });
    }),
  );
  await forewatch.publish(...incidents);
}

async function rulesOf(page: Page, { url }: Forewatch): Promise<NamedRule[]> {
  const answer = await page.request.get(`${url}/api/alert-rules`);
  return ((await answer.json()) as { rules: NamedRule[] }).rules;
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const [look, language] of [
  ['day', 'en'],
  ['night', 'cy'],
] as const) {
  test(`a rule is tried, saved, changed and deleted by keyboard alone (${look}, ${language})`, async ({
    forewatch,
    page,
  }) => {
    await past(forewatch);
    await openDesk(page, forewatch, `?look=${look}&lang=${language}`);
    await page.locator('[data-opens="rules"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('select[name="rule-force"]').selectOption('metropolitan');

    // What is wrong is told at its field, which has the focus.
    await page.locator('input[name="rule-count"]').fill('0');
    await page.keyboard.press('Enter');
    await expect(page.locator('#rule-fault-name')).toBeVisible();
    await expect(page.locator('#rule-fault-count')).toBeVisible();
    await expect(page.locator('input[name="rule-name"]')).toBeFocused();
    await expect(page.locator('input[name="rule-count"]')).toHaveAttribute('aria-invalid', 'true');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('Robberies');
    await page.locator('input[name="rule-count"]').fill('3');
    await expect(page.locator('[id^="rule-fault"]')).toHaveCount(0);
    await page.locator('input[name="rule-categories"][value="robbery"]').focus();
    await page.keyboard.press('Space');

    // The letters were none of the desk's shortcuts, and nothing can be saved unseen.
    await expect(page.locator('[data-save-rule]')).toHaveCount(0);
    await page.locator('[data-try-rule]').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-would-raise]')).toHaveCount(5);
    const shifts = (await page.locator('[data-shifts]').getAttribute('data-shifts')) ?? '';
    expect(shifts.split(' ').filter((count) => count === '1')).toHaveLength(5);
    expect(await violations(page)).toEqual([]);

    // A change makes what was seen that of another rule.
    await page.locator('input[name="rule-count"]').fill('4');
    await expect(page.locator('[data-save-rule]')).toHaveCount(0);
    await page.locator('input[name="rule-count"]').fill('3');
    await page.locator('[data-save-rule]').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-rule]')).toHaveText('Robberies');
    const [made] = await rulesOf(page, forewatch);
    expect(made).toMatchObject({
      ...{ name: 'Robberies', version: 1, enabled: true, figures: { alerts: 5, mostInAShift: 1 } },
      rule: { force: 'metropolitan', categories: ['robbery'], count: 3 },
    });

    await page.locator('input[name="rule-enabled"]').focus();
    await page.keyboard.press('Space');
    await page.locator('[data-save-rule]').focus();
    await page.keyboard.press('Enter');
    // Then the page has the version that it may delete.
    await expect(page.locator('dialog .done')).toContainText('2');
    expect((await rulesOf(page, forewatch))[0]).toMatchObject({ version: 2, enabled: false });
    await page.locator('[data-delete-rule]').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-rule]')).toHaveCount(0);
    expect(await rulesOf(page, forewatch)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-opens="rules"]')).toBeFocused();
  });
}

test('a stale page cannot overwrite a rule that somebody else has changed', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  const rule = {
    ...{ force: 'metropolitan', categories: [], markers: [], minimumSeverity: 1, area: { kind: 'force' } },
    ...{ count: 3, windowMinutes: 60, coolDownMinutes: 60 },
  };
  const post = async (path: string, data: object): Promise<unknown> =>
    (await page.request.post(`${forewatch.url}/api/alert-rules${path}`, { data })).json();
  const { dryRun } = (await post('/dry-run', { rule })) as { dryRun: string };
  const saving = { name: 'Ours', priority: 'low', enabled: true, rule };
  const made = (await post('', { ...saving, dryRun })) as NamedRule;
  await page.locator('[data-opens="rules"]').click();
  await page.locator(`[data-rule="${made.id}"]`).click();
  await page.request.put(`${forewatch.url}/api/alert-rules/${made.id}`, {
    data: { ...saving, name: 'Theirs', expectedVersion: 1 },
  });
  await page.locator('input[name="rule-name"]').fill('Mine');
  await page.locator('[data-save-rule]').click();
  await expect(page.getByRole('alert')).toContainText('admin made version 2 of it');
  await expect(page.locator(`[data-rule="${made.id}"]`)).toHaveText('Theirs');
});

test('a webhook is registered, tried and removed, and its secret is shown once', async ({
  forewatch,
  page,
}) => {
  const receiver = await webhookReceiver();
  await openDesk(page, forewatch);
  await page.locator('[data-opens="rules"]').click();
  await page.locator('[data-part="webhooks"]').click();
  await page.locator('input[name="webhook-url"]').fill('http://10.0.0.1/');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('private network');
  await page.locator('input[name="webhook-url"]').fill(`${receiver.url}/alerts`);
  await page.keyboard.press('Enter');
  const webhook = page.locator('[data-webhook]');
  await expect(webhook).toContainText(`${receiver.url}/alerts`);
  await expect(page.locator('dialog [role="status"]')).toContainText('shown this once');
  expect(await violations(page)).toEqual([]);
  await webhook.getByRole('button').first().click();
  await expect(page.locator('dialog [role="status"]')).toHaveText('The test was taken.');
  expect(receiver.got).toHaveLength(1);
  await webhook.getByRole('button').last().click();
  await expect(webhook).toHaveCount(0);
  await receiver.close();
});
