/** WCAG 2.2 AA as axe checks it: sign-in, desk and wall, in both languages, by day and by night. */
import type { Page } from '@playwright/test';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';
import { violations } from './violations.ts';

const LOOKS = ['day', 'night'] as const;
const LANGUAGES = ['en', 'cy'] as const;

async function signIn(page: Page, forewatch: Forewatch): Promise<void> {
  await page.context().request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
}

async function somethingToSee(forewatch: Forewatch): Promise<void> {
  const incidents = Array.from({ length: 40 }, (_, i) =>
    recentIncident({
      id: `seen-${i}`,
      origin: 'simulated',
      markers: i % 4 === 0 ? ['knife'] : [],
      status: i % 7 === 0 ? 'cancelled' : 'open',
      location: { lat: 51.5 + (i % 5) * 0.003, lon: -0.12 + (i % 3) * 0.004 },
    }),
  );
  await forewatch.publish(...incidents);
}

for (const look of LOOKS) {
  for (const language of LANGUAGES) {
    test(`sign-in has no violation (${look}, ${language})`, async ({ forewatch, page }) => {
      await page.goto(`${forewatch.url}/?look=${look}&lang=${language}`);
      await page.locator('input[name="user"]').fill('admin');
      await page.locator('input[name="password"]').fill('not it');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await violations(page)).toEqual([]);
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'cy' ? 'cy-GB' : 'en-GB');
    });

    test(`the desk has no violation, whatever is open (${look}, ${language})`, async ({
      forewatch,
      page,
    }) => {
      await signIn(page, forewatch);
      await somethingToSee(forewatch);
      await page.goto(`${forewatch.url}/?look=${look}&lang=${language}`);
      await page.locator('[data-connection="live"]').waitFor();
      await page.locator('[data-rank="1"]').first().waitFor();
      expect(await violations(page)).toEqual([]);
      // What is open looks alike in both languages: each look and each language once is enough.
      if ((look === 'day') !== (language === 'cy')) return;
      for (const key of ['?', 'f', 'm', 'n', 'v', 'c']) {
        await page.keyboard.press(key);
        expect(await violations(page), `after ${key}`).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });

    test(`the wall has no violation (${look}, ${language})`, async ({ forewatch, page }) => {
      await somethingToSee(forewatch);
      await page.goto(`${forewatch.url}/wall?look=${look}&lang=${language}#${forewatch.wallToken}`);
      await page.locator('[data-rank="1"]').first().waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }
}
