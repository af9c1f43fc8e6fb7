/** Language and look: by address, by control and by key, at once and remembered, on the page as on the map. */
import type { Page } from '@playwright/test';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

async function openDesk(page: Page, forewatch: Forewatch, query = ''): Promise<void> {
  await page.context().request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  await page.goto(`${forewatch.url}/${query}`);
  await page.locator('[data-connection="live"]').waitFor();
}

/** Of the drawn land or sea in the map's corner, as red, green, blue. */
function cornerOfMap(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.leaflet-forewatch-land-pane canvas');
    return [...(canvas?.getContext('2d')?.getImageData(3, 3, 1, 1).data ?? [])].slice(0, 3);
  });
}

test('the language changes without a reload, everywhere, and is remembered', async ({ forewatch, page }) => {
  await forewatch.publish(recentIncident({ id: 'in-two-languages', category: 'shoplifting' }));
  await openDesk(page, forewatch);
  await page.evaluate(() => (document.body.dataset['samePage'] = 'yes'));
  const row = page.locator('[data-incident-id="in-two-languages"]');
  await expect(row).toContainText('Shoplifting');
  await page.getByRole('button', { name: 'Cymraeg' }).click();
  await expect(row).toContainText('Dwyn o siop');
  await expect(page.locator('html')).toHaveAttribute('lang', 'cy-GB');
  await expect(page.locator('.clock')).toContainText(/Llun|Maw|Mer|Iau|Gwen|Sad|Sul/);
  expect(new URL(page.url()).searchParams.get('lang')).toBe('cy');
  await page.keyboard.press('l');
  await expect(row).toContainText('Shoplifting');
  await page.keyboard.press('l');
  await expect(row).toContainText('Dwyn o siop');
  await expect(page.locator('body')).toHaveAttribute('data-same-page', 'yes');
  await page.goto(forewatch.url);
  await expect(row).toContainText('Dwyn o siop');
});

test('day and night change the page and what is drawn on the map, and are remembered', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch, '?look=night');
  const ground = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await ground()).toBe('rgb(10, 14, 19)');
  await expect.poll(() => cornerOfMap(page)).toEqual([7, 11, 16]);
  await page.getByRole('button', { name: 'Day', exact: true }).click();
  expect(await ground()).toBe('rgb(233, 238, 242)');
  await expect.poll(() => cornerOfMap(page)).toEqual([211, 224, 234]);
  expect(new URL(page.url()).searchParams.get('look')).toBe('day');
  await page.goto(forewatch.url);
  await page.locator('[data-connection="live"]').waitFor();
  expect(await ground()).toBe('rgb(233, 238, 242)');
});

test('left to itself a desk goes by what its reader prefers, and follows when that changes', async ({
  forewatch,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openDesk(page, forewatch, '?look=auto');
  await expect(page.locator('html')).toHaveAttribute('data-look', 'night');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-look', 'day');
});

test('left to itself a wall goes by the hour in its room', async ({ forewatch, page }) => {
  for (const [hour, look] of [
    ['03', 'night'],
    ['12', 'day'],
    ['21', 'night'],
  ] as const) {
    await page.clock.setFixedTime(new Date(`2026-11-24T${hour}:30:00`));
    // Else the same address would load nothing anew.
    await page.goto('about:blank');
    await page.goto(`${forewatch.url}/wall?look=auto#${forewatch.wallToken}`);
    await expect(page.locator('html')).toHaveAttribute('data-look', look);
  }
});

test('no other look is painted first', async ({ forewatch, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        if (name === 'first-paint')
          sessionStorage.setItem('first', document.documentElement.dataset['look'] ?? 'none');
      }
    }).observe({ type: 'paint', buffered: true });
    const seen = new Set<string>();
    const watch = (): void => {
      seen.add(document.documentElement.dataset['look'] ?? 'none');
      sessionStorage.setItem('frames', [...seen].join());
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  await page.goto(`${forewatch.url}/wall?look=night#${forewatch.wallToken}`);
  await page.locator('[data-connection="live"]').waitFor();
  // A frame is only run once something may be painted: the first already has the look.
  expect(await page.evaluate(() => sessionStorage.getItem('frames'))).toBe('night');
  expect(await page.evaluate(() => sessionStorage.getItem('first'))).toBe('night');
});

test('who asked for less motion sees a ring that stands still', async ({ forewatch, wall }) => {
  await wall.emulateMedia({ reducedMotion: 'reduce' });
  // It must watch before there is anything to be seen.
  const animation = await wall.evaluateHandle(() => ({
    named: new Promise<string>((resolve) => {
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
          const ring = [...addedNodes].find((node) => node instanceof Element && node.matches('.pulse'));
          const circle = ring instanceof Element ? ring.querySelector('b') : null;
          if (circle) resolve(getComputedStyle(circle).animationName);
        }
      }).observe(document.body, { subtree: true, childList: true });
    }),
  }));
  await forewatch.publish(
    recentIncident({ id: 'still-1' }),
    recentIncident({ id: 'still-2', location: { lat: 51.51, lon: -0.1 } }),
  );
  expect(await animation.evaluate(({ named }) => named)).toBe('pulse-still');
});

test('the focus is seen in both looks', async ({ forewatch, page }) => {
  await openDesk(page, forewatch, '?look=night');
  for (const look of ['night', 'day']) {
    if (look === 'day') await page.getByRole('button', { name: 'Day', exact: true }).click();
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return {
        style: style.outlineStyle,
        width: Number.parseFloat(style.outlineWidth),
        colour: style.outlineColor,
      };
    });
    expect(outline.style).toBe('solid');
    expect(outline.width).toBeGreaterThanOrEqual(2);
    expect(outline.colour).toBe(look === 'night' ? 'rgb(255, 255, 255)' : 'rgb(10, 63, 176)');
  }
});
