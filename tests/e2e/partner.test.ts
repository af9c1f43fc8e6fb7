/** Actions from the desk to a partner and back: given by keyboard, seen on the partner's own page in the coarse view, reported on. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { newToken, sha256 } from '../../server/access/secrets.ts';
import { saveToken } from '../../server/store/account-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { coarseCell } from '../../shared/cell.ts';
import { happenInCity, HOT_CELL, openDesk } from './desk-page.ts';
import { expect, test, type Forewatch } from './real-server.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ORGANISATION = 'northtown-council';

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function signInAsPartner(page: Page, forewatch: Forewatch): Promise<void> {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const token = newToken();
  await saveToken(database, sha256(token), {
    ...{ name: 'lighting desk', role: 'partner', forces: [], cleared: false, organisation: ORGANISATION },
  });
  await database.end();
  await page.context().request.post(`${forewatch.url}/api/session`, { data: { token } });
}

test('an action is given from the open hexagon by keyboard, and its partner reports back on its own page', async ({
  forewatch,
  page,
  browser,
}) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch);
  await page.locator(`[data-hotspot-cell="${HOT_CELL}"][data-rank="1"]`).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.press('c');
  await page.locator('[data-give-action] input[name="organisation"]').focus();
  await page.keyboard.type(ORGANISATION);
  await page.locator('[data-give-action] input[name="wanted"]').fill('lamps along the towpath');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-given]')).toHaveText(`Given to ${ORGANISATION}.`);
  await expect(page.locator('[data-action][data-state="given"]')).toContainText('lamps along the towpath');

  const context = await browser.newContext();
  const partner = await context.newPage();
  await signInAsPartner(partner, forewatch);
  await partner.goto(`${forewatch.url}/`);
  await partner.locator('main[data-partner]').waitFor();
  const action = partner.locator('[data-action]');
  await expect(action).toContainText('lamps along the towpath');
  await expect(action).toContainText('place withheld');
  expect(await violations(partner)).toEqual([]);
  expect(await partner.content()).not.toContain(HOT_CELL);
  await action.locator('[data-act="accept"]').focus();
  await partner.keyboard.press('Enter');
  await action.locator('[data-act="progress"]').click();
  await partner.locator('input[name="report"]').fill('lamps ordered');
  await partner.keyboard.press('Enter');
  await expect(action).toHaveAttribute('data-state', 'under-way');
  await action.locator('[data-act="complete"]').click();
  await partner.locator('select[name="outcome"]').selectOption('partly-carried-out');
  await partner.keyboard.press('Enter');
  await partner.locator('form button[type="submit"]').click();
  await expect(action).toHaveAttribute('data-state', 'done');
  await expect(action).toContainText('carried out in part');
  // Nothing was forecast in the weeks before: that is said, and no number stands in its place.
  const followed = partner.locator(`[data-place="${coarseCell(HOT_CELL)}"]`);
  await expect(followed.locator('[data-phase="before"]')).toContainText('not known');
  await expect(followed.locator('[data-phase="after"]')).toContainText('not known');

  await partner.goto(`${forewatch.url}/partner?lang=cy`);
  await expect(partner.locator('h1')).toHaveText('Camau a roddwyd i chi');
  expect(await violations(partner)).toEqual([]);
  // The map is a step away, and leads back.
  await partner.goto(`${forewatch.url}/?theme=all&lang=en`);
  await partner.locator('[data-connection="live"]').waitFor();
  await partner.locator('[data-partner-page]').click();
  await partner.locator('main[data-partner]').waitFor();
  await context.close();

  await expect(page.locator('[data-action][data-state="done"]')).toContainText('lamps ordered');
});
