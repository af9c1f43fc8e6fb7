/** The heat: its windows and weights against known incidents, its legend, and how it is chosen. */
import type { Page } from '@playwright/test';
import type { IncidentMessage } from '../../shared/incident.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

const NORTH = { lat: 51.53, lon: -0.12 };
const SOUTH = { lat: 51.47, lon: -0.12 };

function ago(hours: number): string {
  return formatInstant(performance.timeOrigin + performance.now() - hours * HOUR_MS - 60_000);
}

function at(
  location: IncidentMessage['location'],
  hours: number,
  id: string,
  change: Partial<IncidentMessage> = {},
): IncidentMessage {
  return recentIncident({ id, location, occurredAt: ago(hours), ...change });
}

/** Opens the wall so, with north and south in sight. */
async function open(page: Page, forewatch: Forewatch, query: string): Promise<void> {
  await page.goto(`${forewatch.url}/wall?theme=all&horizon=8${query}#${forewatch.wallToken}`);
  await page.locator('[data-connection="live"]').waitFor();
}

/** Which share of the heat's opacity lies in the picture's upper half; null while there is none. */
function shareInNorth(page: Page): Promise<number | null> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-layer="heat"]');
    if (!canvas || canvas.width === 0) return null;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const [north, south] = [0, 0];
    const halves = [north, south];
    for (let i = 3; i < pixels.length; i += 4)
      halves[i < pixels.length / 2 ? 0 : 1] = (halves[i < pixels.length / 2 ? 0 : 1] ?? 0) + (pixels[i] ?? 0);
    const [up = 0, down = 0] = halves;
    return up + down === 0 ? null : up / (up + down);
  });
}

const legend = (page: Page): ReturnType<Page['locator']> => page.locator('.legend [data-heat]');
/** What the legend names, from sparse to dense. */
async function marks(page: Page): Promise<number[]> {
  const texts = await page.locator('.legend .heat li').allTextContents();
  return texts.map((text) => Number(text.replaceAll(',', '')));
}

test.describe('the heat', () => {
  test('has what happened within its window, and nothing else', async ({ page, forewatch }) => {
    await forewatch.publish(
      ...Array.from({ length: 6 }, (_, i) => at(NORTH, 0.2, `new-${i}`)),
      ...Array.from({ length: 6 }, (_, i) => at(SOUTH, 4, `old-${i}`)),
    );
    await open(page, forewatch, '&heat=8&weight=even');
    await expect.poll(() => shareInNorth(page)).toBeCloseTo(0.5, 1);
    await expect(legend(page)).toHaveAttribute('data-heat', '8');
    await expect(legend(page)).toContainText('last 8 h');
    await page.keyboard.press('w');
    await page.keyboard.press('w');
    await expect(legend(page)).toHaveAttribute('data-heat', '168');
    await expect(legend(page)).toContainText('last 7 days');
    await expect(page).toHaveURL(/heat=168/);
    // Both still, at the same strength; then the window that has the north alone.
    await page.keyboard.press('w');
    await page.keyboard.press('w');
    await expect(legend(page)).toHaveAttribute('data-heat', '1');
    await expect.poll(() => shareInNorth(page)).toBeGreaterThan(0.98);
  });

  test('weighs the recent more, and harm more than count, and says which', async ({ page, forewatch }) => {
    await forewatch.publish(
      ...Array.from({ length: 6 }, (_, i) => at(NORTH, 0.1, `theft-${i}`, { category: 'shoplifting' })),
      ...Array.from({ length: 6 }, (_, i) => at(SOUTH, 7.5, `robbed-${i}`, { category: 'robbery' })),
    );
    await open(page, forewatch, '&heat=8&weight=even');
    await expect.poll(() => shareInNorth(page)).toBeCloseTo(0.5, 1);
    await expect(legend(page)).toContainText('each counted once');
    await page.keyboard.press('g');
    await expect(legend(page)).toHaveAttribute('data-weight', 'recency');
    await expect.poll(() => shareInNorth(page)).toBeGreaterThan(0.6);
    await page.keyboard.press('g');
    await expect(legend(page)).toHaveAttribute('data-weight', 'harm');
    await expect(legend(page)).toContainText('Harm per km²');
    await expect(legend(page)).toContainText('Cambridge');
    // A robbery of long ago weighs 365 × a quarter days, shoplifting of just now 1.
    await expect.poll(() => shareInNorth(page)).toBeLessThan(0.3);
    await expect(page).toHaveURL(/weight=harm/);
  });

  test('has a legend in incidents per km² that does not change when the map is zoomed', async ({
    page,
    forewatch,
  }) => {
    await forewatch.publish(...Array.from({ length: 37 }, (_, i) => at(NORTH, 0.1, `here-${i}`)));
    await page.goto(forewatch.url);
    await page.locator('input[name="user"]').fill('admin');
    await page.locator('input[name="password"]').fill(forewatch.password);
    await page.locator('form button').click();
    await page.locator('[data-connection="live"]').waitFor();
    await expect(legend(page)).toContainText('Incidents per km²');
    // 37 in a place of 0.7 km²: some 50 per km², and a round number above.
    await expect.poll(() => marks(page)).toEqual([6, 15, 30, 60]);
    const strongest = (): Promise<number> =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-layer="heat"]');
        const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let most = 0;
        for (let i = 3; i < pixels.length; i += 4) most = Math.max(most, pixels[i] ?? 0);
        return most;
      });
    await expect.poll(strongest).toBeGreaterThan(100);
    const before = await strongest();
    const scale = page.locator('.leaflet-control-scale-line');
    const told = await scale.textContent();
    await page.locator('.leaflet-control-zoom-out').click();
    await page.locator('.leaflet-control-zoom-out').click();
    await page.locator('.leaflet-control-zoom-out').click();
    await expect(scale).not.toHaveText(told ?? '');
    await expect.poll(async () => Math.abs((await strongest()) - before)).toBeLessThan(12);
    expect(await marks(page)).toEqual([6, 15, 30, 60]);
  });

  test('of seven days has what happened before the last day, once, whatever was corrected', async ({
    page,
    forewatch,
  }) => {
    const old = Array.from({ length: 6 }, (_, i) => at(SOUTH, 72, `days-ago-${i}`));
    await forewatch.publish(...old, ...Array.from({ length: 6 }, (_, i) => at(NORTH, 0.2, `now-${i}`)));
    await open(page, forewatch, '&heat=24&weight=even');
    const happened = page.locator('[data-figure="happened"]');
    await expect(happened).toHaveText(/^\s*6\b/);
    await page.keyboard.press('w');
    await expect(legend(page)).toHaveAttribute('data-heat', '168');
    await expect(happened).toContainText('12');
    await page.keyboard.press('0');
    await expect.poll(() => shareInNorth(page)).toBeCloseTo(0.5, 1);
    // It was in the last hour after all: gone from the south, and counted once.
    await forewatch.publish(
      ...old.slice(0, 5).map((one) => ({ ...one, revision: 2, location: NORTH, occurredAt: ago(0.3) })),
    );
    await expect.poll(() => shareInNorth(page)).toBeGreaterThan(0.65);
    await expect(happened).toContainText('12');
    await expect(happened).not.toContainText('17');
  });
});

test('an incident that was told late, corrected, cancelled, or is simulated is listed and marked so', async ({
  wall,
  forewatch,
}) => {
  const row = (id: string): ReturnType<Page['locator']> => wall.locator(`[data-incident-id="${id}"]`);
  // Apart from each other: where rings spread already, one stands for another.
  const places = {
    simulated: { lat: 51.5, lon: -0.2 },
    late: { lat: 51.5, lon: -0.04 },
    corrected: { lat: 51.54, lon: -0.12 },
    cancelled: { lat: 51.46, lon: -0.12 },
  };
  const told = (id: keyof typeof places, change: Partial<IncidentMessage> = {}): IncidentMessage =>
    recentIncident({ id, location: places[id], ...change });
  const silence = (): Promise<void> => expect(wall.locator('.pulse')).toHaveCount(0);
  await forewatch.publish(
    ...Object.values(places).map((location, i) => recentIncident({ id: `place-${i}`, location })),
    recentIncident({ id: 'first' }),
  );
  await expect(row('first')).toBeVisible();
  await expect(row('first').locator('[data-told]')).toHaveCount(0);
  // A mark is there for less than two seconds: what was is noted.
  await wall.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const mark of document.querySelectorAll('.pulse'))
        for (const kind of mark.classList) seen.add(kind);
    }).observe(document.body, { childList: true, subtree: true });
  });
  await silence();
  await forewatch.publish(
    told('simulated', { origin: 'simulated' }),
    told('late', { occurredAt: ago(3) }),
    told('corrected'),
    told('cancelled'),
  );
  await expect(row('cancelled')).toHaveCount(1);
  await expect(row('corrected')).toHaveCount(1);
  await silence();
  await forewatch.publish(
    told('corrected', { revision: 2, category: 'robbery' }),
    told('cancelled', { revision: 2, status: 'cancelled' }),
  );
  await expect(row('simulated')).toContainText('simulated');
  await expect(row('late')).toContainText('3 h late');
  await expect(row('corrected')).toContainText('corrected');
  await expect(row('corrected')).toContainText('Robbery');
  await expect(row('cancelled')).toContainText('cancelled');
  await expect
    .poll(() => wall.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]))
    .toEqual(expect.arrayContaining(['unreal', 'late', 'corrected', 'cancelled']));
});
