/** A shift's handover: made with one click, noted in, read again, in Welsh, on paper, and taken away as CSV and GeoJSON. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { hashPassword } from '../../server/access/secrets.ts';
import type { AccessRole } from '../../server/access/policy.ts';
import { handleAlert } from '../../server/alerts/handle-alert.ts';
import { saveAccount } from '../../server/store/account-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { AlertStep } from '../../shared/alert-step.ts';
import { alertStage } from './alert-stage.ts';
import { happenInCity } from './desk-page.ts';
import { expect, test, type Forewatch } from './real-server.ts';
import { violations } from './violations.ts';

const PASSWORD = 'synthetic-password';
const NOTE = 'Watch the harbour after the match';

async function deskOf(browser: Browser, forewatch: Forewatch, role: AccessRole): Promise<Page> {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'browser test' });
  const passwordArgon2id = await hashPassword(PASSWORD);
  await saveAccount(database, { name: `${role}-1`, role, passwordArgon2id, forces: [], cleared: false });
  await database.end();
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await context.request.post(`${forewatch.url}/api/session`, {
    data: { user: `${role}-1`, password: PASSWORD },
  });
  return page;
}

/** One alert that was dealt with, and one that nobody has taken. */
async function haveAlerts(forewatch: Forewatch): Promise<void> {
  const stage = alertStage(forewatch);
  const dealtWith = await stage.raise(0);
  await stage.raise(3);
  await stage.close();
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'browser test' });
  const steps: AlertStep[] = [
    { act: 'acknowledge' },
    { act: 'dismiss', reason: 'known-event', note: 'the match' },
  ];
  for (const [index, step] of steps.entries()) {
    const actor = { name: 'desk-1', role: 'dispatcher', leads: false };
    const asked = { id: dealtWith.id, expectedVersion: dealtWith.version + index, step, actor };
    await handleAlert(database, { ...asked, nowMs: Date.now() }, () => true);
  }
  await database.end();
}

test('a shift lead makes the handover with one click, adds a note, reads it in Welsh, prints it and takes it away', async ({
  browser,
  forewatch,
}) => {
  await happenInCity(forewatch);
  await haveAlerts(forewatch);
  const desk = await deskOf(browser, forewatch, 'shift-lead');
  await desk.goto(`${forewatch.url}/?force=metropolitan`);
  await desk.locator('[data-rank="1"]').first().waitFor();
  const opening = desk.waitForEvent('popup');
  await desk.locator('[data-opens="handover"]').click();
  const page = await opening;
  await expect(page.locator('h1')).toHaveText('Handover, Metropolitan');

  // The present shift, whichever hour this test runs in.
  await page.goto(`${forewatch.url}/handover?force=metropolitan&at=${new Date().toISOString()}`);
  await expect(page.locator('[data-figure="all"]')).toHaveAttribute('data-reported', /^[0-9]+$/);
  await expect(page.locator('[data-handover-alerts="2"]')).toBeVisible();
  const dismissed = page.locator('[data-handover-alert][data-state="dismissed"]');
  await expect(dismissed).toContainText('dismissed: A known event (dispatcher desk-1): the match');
  await expect(page.locator('[data-handover-open="1"]')).toContainText('not taken yet');
  // No unit tells where it is, and no forecast was issued: neither is told as none.
  await expect(page.locator('[data-handover-doses="false"]')).toContainText('not known');
  await expect(page.locator('[data-handover-map] canvas').first()).toBeVisible();
  const link = await dismissed.getByRole('link').getAttribute('href');
  expect(link).toMatch(/^\/replay\?at=.+&force=metropolitan&theme=burglary&horizon=8&cell=/);
  expect(await violations(page)).toEqual([]);

  await page.locator('textarea[name="note"]').fill(NOTE);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('[data-handover-notes="1"]')).toContainText(NOTE);
  await page.reload();
  const note = page.locator('[data-note]');
  await expect(note).toContainText(NOTE);
  await expect(note).toContainText('shift-lead-1 (shift lead)');
  await note.getByRole('button', { name: 'Change' }).click();
  await page.locator('textarea[name="changed-note"]').fill(`${NOTE}, and the pier`);
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.locator('[data-note][data-version="2"]')).toContainText('and the pier');

  await page.getByRole('button', { name: 'Cymraeg' }).click();
  await expect(page.locator('h1')).toHaveText(/^Trosglwyddo, /);
  await expect(dismissed).toContainText('diystyrwyd: Digwyddiad hysbys');
  expect(await violations(page)).toEqual([]);

  for (const [kind, extension] of [
    ['csv', 'csv'],
    ['geojson', 'geojson'],
  ] as const) {
    const downloading = page.waitForEvent('download');
    await page.locator(`[data-file="${kind}"]`).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^handover-metropolitan-.+\\.${extension}$`));
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain(`${NOTE}, and the pier`);
    expect(text).toContain('diystyrwyd: mae digwyddiad hysbys yn ei esbonio');
    expect(text).toContain(`${forewatch.url}/replay?at=`);
    if (kind === 'geojson') expect(JSON.parse(text)).toMatchObject({ type: 'FeatureCollection' });
  }

  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-handover-tools]')).toBeHidden();
  await expect(page.locator('[data-note-form]')).toBeHidden();
  await expect(page.locator('[data-note]')).toBeVisible();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  // On sheets, not cut off at the screen's end.
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
});

test('of another shift and of any span it is as asked for, and stays so in the address', async ({
  browser,
  forewatch,
}) => {
  await happenInCity(forewatch);
  const page = await deskOf(browser, forewatch, 'dispatcher');
  await page.goto(`${forewatch.url}/handover`);
  await page.locator('select[name="force"]').selectOption('metropolitan');
  await page.locator('[data-handover-span]').waitFor();
  const shift = page.locator('select[name="shift"]');
  await shift.selectOption({ index: 3 });
  await expect(page).toHaveURL(/[?&]at=/);
  const chosen = await shift.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
  await expect(page.locator('[data-handover-span]')).toHaveText(/\d\d:00 to /);
  expect(chosen).toBeTruthy();
  await page.locator('input[name="from"]').fill('2026-03-01T09:30');
  await page.locator('input[name="to"]').fill('2026-03-01T11:00');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('[data-handover-span]')).toHaveText('Sun, 1 Mar 2026, 09:30 to 11:00');
  await page.reload();
  await expect(page.locator('[data-handover-span]')).toHaveText('Sun, 1 Mar 2026, 09:30 to 11:00');
});

test('is nothing for a partner, who is told so', async ({ browser, forewatch }) => {
  const page = await deskOf(browser, forewatch, 'partner');
  await page.goto(`${forewatch.url}/handover?force=metropolitan`);
  await expect(page.getByRole('alert')).toContainText('Handovers are for');
  expect((await page.request.get(`${forewatch.url}/api/handover?force=metropolitan`)).status()).toBe(403);
});
