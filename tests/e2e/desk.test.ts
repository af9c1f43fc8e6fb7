/** Signing in at a desk, and choosing what is shown by keyboard. */
import { openDesk } from './desk-page.ts';
import { expect, recentIncident, test } from './real-server.ts';

test('lets in who knows the password, and says plainly where it is wrong', async ({ forewatch, page }) => {
  await page.goto(forewatch.url);
  await page.locator('input[name="user"]').fill('admin');
  await page.locator('input[name="password"]').fill('not it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(/wrong/i);
  await page.locator('input[name="password"]').fill(forewatch.password);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-connection="live"]')).toBeVisible();
});

test('the theme changes by key, and only its incidents are listed', async ({ forewatch, page }) => {
  await page.context().request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  await page.goto(forewatch.url);
  await page.locator('[data-connection="live"]').waitFor();
  await forewatch.publish(
    recentIncident({ id: 'with-knife', category: 'violence', markers: ['knife'] }),
    recentIncident({ id: 'without', category: 'shoplifting' }),
  );
  await expect(page.locator('[data-incident-id="without"]')).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.locator('[data-incident-id="with-knife"]')).toBeVisible();
  await expect(page.locator('[data-incident-id="without"]')).toHaveCount(0);
});

for (const language of ['en', 'cy'] as const) {
  test(`every control of the desk is on the screen (${language})`, async ({ forewatch, page }) => {
    await openDesk(page, forewatch, `?lang=${language}`);
    const outside = await page
      .locator('.controls :is(button, a)')
      .evaluateAll((controls) =>
        controls
          .filter((control) => control.getBoundingClientRect().right > window.innerWidth)
          .map(({ textContent }) => textContent),
      );
    expect(outside).toEqual([]);
  });
}
