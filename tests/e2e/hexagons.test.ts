/** Hexagons on the map: chosen by click and by keys, said to those who cannot see them, and drawn anew when they are lost. */
import type { IncidentMessage } from '../../shared/incident.ts';
import { happenInCity, openDesk } from './desk-page.ts';
import { painted } from './painted.ts';
import { expect, recentIncident, test } from './real-server.ts';

test('a hexagon is chosen by click, and a ring is drawn around it', async ({ forewatch, page }) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  await expect.poll(() => painted(page, 'hotspots')).toBeGreaterThan(100);
  expect(await painted(page, 'selected')).toBe(0);
  // From farther away a click goes nearer first.
  await expect(page.locator('.leaflet-control-scale-line')).toHaveText(/^[1235] km$/);
  await page.getByRole('application').click({ position: { x: 500, y: 260 } });
  await expect(page).toHaveURL(/cell=89[0-9a-f]{13}/);
  await expect.poll(() => painted(page, 'selected')).toBeGreaterThan(50);
});

test('by keys one goes from hexagon to hexagon, hears what is there, and chooses', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch);
  await happenInCity(forewatch);
  // Gone to where the data are: from farther out hexagons are coarser.
  await expect(page.locator('.leaflet-control-scale-line')).toHaveText(/^(\d+ m|[1-5] km)$/);
  await page.getByRole('application').focus();
  const said = page.locator('[data-cursor]');
  const visited: (string | null)[] = [];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) {
    await page.keyboard.press(key);
    await expect(said).not.toHaveAttribute('data-cursor', visited.at(-1) ?? '');
    visited.push(await said.getAttribute('data-cursor'));
  }
  expect(new Set(visited).size).toBe(3);
  await expect(said).toHaveText(/^Hexagon .*: .*in the last 8 h/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveAttribute('data-cursor', visited.at(-1) ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`cell=${visited.at(-1)}`));
});

test('for violence against women and girls hexagons are coarse', async ({ forewatch, page }) => {
  const domestic: Partial<IncidentMessage> = { category: 'violence', markers: ['domestic'] };
  await forewatch.publish(
    ...Array.from({ length: 5 }, (_, n) => recentIncident({ id: `domestic-${n}`, ...domestic })),
  );
  await openDesk(page, forewatch, '?theme=vawg');
  await expect(page.locator('.leaflet-control-scale-line')).toHaveText(/^(500 m|[1-5] km)$/);
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-cursor]')).toHaveAttribute('data-cursor', /^87/);
});

test('every layer draws itself anew after graphics memory was lost, and after the tab slept', async ({
  forewatch,
  wall,
}) => {
  await happenInCity(forewatch);
  await expect.poll(() => painted(wall, 'hotspots')).toBeGreaterThan(100);
  await expect(wall.locator('.leaflet-control-scale-line')).not.toContainText(/\d{3,} km/);
  const lose = (): Promise<void> =>
    wall.evaluate(() => {
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.leaflet-pane canvas'))
        canvas.getContext('2d')?.reset();
    });
  await lose();
  await wall.evaluate(() => {
    document
      .querySelector('.leaflet-forewatch-land-pane canvas')
      ?.dispatchEvent(new Event('contextrestored'));
  });
  await expect.poll(() => painted(wall, 'land')).toBeGreaterThan(1_000);
  await expect.poll(() => painted(wall, 'hotspots')).toBeGreaterThan(100);

  await lose();
  await wall.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(() => painted(wall, 'land')).toBeGreaterThan(1_000);
  await expect.poll(() => painted(wall, 'hotspots')).toBeGreaterThan(100);
});
