/** What each of a room's screens shows: in its role, in turn, and as the server's setting changes. */
import type { Page } from '@playwright/test';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { AlertFinding } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Display } from '../../shared/display.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

async function open(page: Page, forewatch: Forewatch, query: string): Promise<void> {
  await page.goto(`${forewatch.url}/wall${query}#${forewatch.wallToken}`);
  await page.locator('[data-connection="live"]').waitFor();
}

/** Everything that a keyboard or a pointer could reach. */
function reachable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.tabIndex >= 0 || getComputedStyle(element).cursor !== 'none')
      .filter((element) => document.body.contains(element) && element !== document.body)
      .map((element) => `${element.tagName}.${element.className}`),
  );
}

const QUERIES = {
  force: '',
  area: '?role=area&area=51.5,-0.12,1500&name=Harbour',
  alerts: '?role=alerts',
  scorecard: '?role=scorecard',
  national: '?role=national',
};

for (const [role, query] of Object.entries(QUERIES)) {
  test(`a wall with the role ${role} shows it, with nothing to click and no cursor`, async ({
    forewatch,
    page,
  }) => {
    await forewatch.publish(recentIncident({ id: 'anywhere' }));
    await open(page, forewatch, query);
    await expect(page.locator(`main.wall[data-role="${role}"]`)).toBeVisible();
    expect(await reachable(page)).toEqual([]);
    await expect(page.locator('[data-display-faults]')).toHaveCount(0);
  });
}

test('one area shows what lies in it, under its name, and nothing of elsewhere', async ({
  forewatch,
  page,
}) => {
  await forewatch.publish(
    recentIncident({ id: 'inside' }),
    recentIncident({ id: 'outside', location: { lat: 51.6, lon: 0.1 } }),
  );
  await open(page, forewatch, QUERIES.area);
  await expect(page.locator('[data-where]')).toHaveText('Area: Harbour');
  await expect(page.locator('[data-incident-id="inside"]')).toBeVisible();
  await expect(page.locator('[data-incident-id="outside"]')).toHaveCount(0);
  await expect(page.locator('[data-figure="happened"]')).toHaveText('1');
});

test('one force’s area shows that force alone', async ({ forewatch, page }) => {
  await forewatch.publish(
    recentIncident({ id: 'mine', force: 'kent', location: { lat: 51.3, lon: 0.7 } }),
    recentIncident({ id: 'theirs' }),
  );
  await open(page, forewatch, '?role=area&area=kent');
  await expect(page.locator('[data-where]')).toHaveText('Kent');
  await expect(page.locator('[data-incident-id="mine"]')).toBeVisible();
  await expect(page.locator('[data-incident-id="theirs"]')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('[data-where]')).toHaveText('Kent');
});

test('the national picture has every force, and those that nobody tells of as such', async ({
  forewatch,
  page,
}) => {
  await forewatch.publish(recentIncident({ id: 'told' }));
  await open(page, forewatch, QUERIES.national);
  const column = page.locator('[data-national="43"]');
  await expect(column.locator('[data-force="metropolitan"] .count')).toContainText('1');
  await expect(column).toContainText('42 no data');
});

test('without an alert the alerts’ screen says so, and what that is worth', async ({ forewatch, page }) => {
  await open(page, forewatch, QUERIES.alerts);
  await expect(page.locator('[data-alerts="0"]')).toContainText('No alert is open.');
});

test('open alerts are listed as they are raised, the most urgent first', async ({ forewatch, page }) => {
  await forewatch.publish(recentIncident({ id: 'somewhere' }));
  await open(page, forewatch, QUERIES.alerts);
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const now = Date.now();
  for (const [index, priority] of (['low', 'high'] as const).entries()) {
    const cell = cellAt(51.5 + index * 0.05, -0.12);
    const window = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now).toISOString() };
    const finding: AlertFinding = {
      ...{ kind: 'emerging', class: 'new', since: window.from, theme: 'burglary', cells: [cell], window },
      ...{ observed: 12, expected: 2.4, likelihoodRatio: 9, onceInDays: 40 },
      ...{ nearRepeat: null, rule: null, over: false },
    };
    const found = { force: 'metropolitan', place: cell, priority, finding, sensitive: false } as const;
    await raiseAlert(database, found, now + index);
  }
  await database.end();
  const rows = page.locator('[data-alerts="2"] [data-alert]');
  await expect(rows.first()).toContainText('12 where 2.4 are expected');
  expect(await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['priority']))).toEqual(
    [...['high', 'low']],
  );
  expect(await reachable(page)).toEqual([]);
});

test('without a score the scorecard says so', async ({ forewatch, page }) => {
  await forewatch.publish(recentIncident({ id: 'ranked' }));
  await open(page, forewatch, QUERIES.scorecard);
  await expect(page.locator('[data-scorecard="metropolitan"] [data-scorecard-none]')).toBeVisible();
});

test('views take turns at the pace that is set', async ({ forewatch, page }) => {
  await open(page, forewatch, '?rotate=force,alerts,scorecard&every=5');
  for (const role of ['force', 'alerts', 'scorecard', 'force']) {
    await page.locator(`main[data-role="${role}"]`).waitFor();
  }
  // The address still asks for all of them: a restart shows the same.
  expect(new URL(page.url()).searchParams.get('rotate')).toBe('force,alerts,scorecard');
});

test('a named display follows its setting without being loaded anew', async ({
  forewatch,
  page,
  request,
}) => {
  await request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  const put = async (display: Display): Promise<void> => {
    expect((await request.put(`${forewatch.url}/api/displays/north`, { data: display })).status()).toBe(200);
  };
  await put({ views: [{ role: 'scorecard' }] });
  await open(page, forewatch, '?display=north');
  await expect(page.locator('main[data-role="scorecard"]')).toBeVisible();
  await page.evaluate(() => {
    document.body.dataset['sameDocument'] = 'yes';
  });
  await put({ views: [{ role: 'alerts' }], theme: 'burglary', look: 'day', language: 'cy' });
  await expect(page.locator('main[data-role="alerts"]')).toBeVisible();
  await expect(page.locator('h1')).toHaveText('Byrgleriaeth');
  await expect(
    page.locator('html[data-look="day"][lang="cy-GB"], html[data-look="day"][lang="cy"]'),
  ).toHaveCount(1);
  expect((await request.delete(`${forewatch.url}/api/displays/north`)).status()).toBe(204);
  await expect(page.locator('[data-display-faults]')).toContainText('north');
  await expect(page.locator('main[data-role="alerts"]')).toBeVisible();
  await expect(page.locator('body[data-same-document="yes"]')).toHaveCount(1);
});

test('an address that cannot be shown says why', async ({ forewatch, page }) => {
  await open(page, forewatch, '?rotate=alerts,area:atlantis&every=1');
  const faults = page.locator('[data-display-faults="2"]');
  await expect(faults).toContainText('area:atlantis');
  await expect(faults).toContainText('every=1');
  await expect(page.locator('main[data-role="alerts"]')).toBeVisible();
});

test('a shift lead sets a screen from the desk, by keyboard alone', async ({ forewatch, page, context }) => {
  await context.request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  await page.goto(forewatch.url);
  await page.locator('[data-connection="live"]').waitFor();
  await page.locator('[data-opens="displays"]').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  const name = dialog.locator('input[name="display-name"]');
  await name.focus();
  // Letters typed here are no shortcuts of the desk.
  await page.keyboard.type('no name');
  await dialog.locator('select[name="role-0"]').focus();
  await page.keyboard.press('ArrowDown');
  await dialog.locator('input[name="area-0"]').focus();
  await page.keyboard.type('atlantis');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Not saved');
  await name.fill('south');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('the area must be');
  await dialog.locator('input[name="area-0"]').fill('51.5, -0.12, 1500');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Harbour');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('south is saved, version 1');

  const wall = await context.browser()!.newPage();
  await wall.goto(`${forewatch.url}/wall?display=south#${forewatch.wallToken}`);
  await expect(wall.locator('[data-where]')).toHaveText('Area: Harbour');
  await wall.close();

  await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(dialog.getByRole('status')).toContainText('south is deleted');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('h1')).toHaveText('All incidents');
});
