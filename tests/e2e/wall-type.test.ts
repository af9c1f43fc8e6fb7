/** Everything on a wall can be read from its farthest seat, and nothing runs into or out of anything. */
import type { Page } from '@playwright/test';
import { alertStage } from './alert-stage.ts';
import { drawnText, textFaults, visibleText } from './visible-text.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

/** Millimetres; the usual wall is 110 inches across, 16 : 9. */
const USUAL_WIDTH = 2_435;
const CAPITAL_SHARE = 0.698;

const WALLS = [
  { size: { width: 1_920, height: 1_080 }, query: '', metres: 6, millimetres: USUAL_WIDTH },
  { size: { width: 3_840, height: 2_160 }, query: '?lang=cy&look=day', metres: 6, millimetres: USUAL_WIDTH },
  {
    size: { width: 1_920, height: 1_080 },
    query: '?distance=10&width=2435&theme=vawg&horizon=24',
    ...{ metres: 10, millimetres: 2_435 },
  },
  {
    size: { width: 1_920, height: 1_080 },
    query: '?distance=6&width=1439',
    ...{ metres: 6, millimetres: 1_439 },
  },
  // The other roles that a screen can have.
  ...(['alerts', 'scorecard', 'national'] as const).map((role) => ({
    size: { width: 1_920, height: 1_080 },
    query: `?role=${role}`,
    ...{ metres: 6, millimetres: USUAL_WIDTH },
  })),
] as const;

async function aBusyHour(forewatch: Forewatch): Promise<void> {
  const categories = [
    'burglary',
    'criminal-damage-arson',
    'anti-social-behaviour',
    'sexual-offences',
  ] as const;
  const incidents = Array.from({ length: 60 }, (_, i) =>
    recentIncident({
      id: `busy-${i}`,
      category: categories[i % categories.length] ?? 'other',
      markers: i % 3 === 0 ? ['knife', 'domestic'] : [],
      severity: (i % 5) + 1,
      origin: 'simulated',
      location: { lat: 51.45 + (i % 12) * 0.006, lon: -0.2 + ((i * 37) % 60) * 0.004 },
    }),
  );
  await forewatch.publish(...incidents, { ...incidents[0], location: { lat: 200, lon: 0 } } as never);
  const stage = alertStage(forewatch);
  for (let index = 0; index < 11; index++)
    await stage.raise(index, { priority: (['high', 'medium', 'low'] as const)[index % 3] ?? 'low' });
  await stage.close();
}

/** Minutes of arc that so high a character fills. */
function arcMinutes(millimetres: number, metres: number): number {
  return ((2 * Math.atan(millimetres / (2 * metres * 1_000)) * 180) / Math.PI) * 60;
}

async function openWall(page: Page, forewatch: Forewatch, query: string): Promise<void> {
  await page.addInitScript(drawnText.record);
  await page.goto(`${forewatch.url}/wall${query}#${forewatch.wallToken}`);
  await page.locator('[data-connection="live"]').waitFor();
  if (/role=/.test(query)) {
    await page.locator('main h2, main h1').first().waitFor();
  } else {
    await page.locator('[data-incident-id]').first().waitFor();
    await page.locator('[data-rank="1"]').first().waitFor();
  }
  await page.evaluate(() => document.fonts.ready);
}

for (const { size, query, metres, millimetres } of WALLS) {
  test(`a wall of ${size.width} × ${size.height} at "${query}" reads from its farthest seat`, async ({
    forewatch,
    page,
  }) => {
    await page.setViewportSize(size);
    await aBusyHour(forewatch);
    await openWall(page, forewatch, query);
    const perPixel = millimetres / size.width;
    const minutes = (pixels: number): number => arcMinutes(pixels * CAPITAL_SHARE * perPixel, metres);

    const texts = await visibleText(page);
    expect(texts.length).toBeGreaterThan(3);
    const small = texts.filter(({ pixels }) => minutes(pixels) < 16);
    expect(small.map(({ text, pixels }) => `${text}: ${minutes(pixels).toFixed(1)}′`)).toEqual([]);
    const headings = texts
      .filter(({ tag }) => tag === 'h1' || tag === 'h2')
      .map(({ pixels }) => minutes(pixels));
    expect(Math.max(...headings)).toBeGreaterThanOrEqual(20);

    const drawn = await drawnText.read(page);
    expect(drawn.length > 0 || /role=(alerts|scorecard)/.test(query)).toBe(true);
    const faint = drawn.filter(({ pixels }) => minutes(pixels) < 16);
    expect(faint.map(({ text, pixels }) => `${text}: ${minutes(pixels).toFixed(1)}′`)).toEqual([]);

    expect(await textFaults(page)).toEqual([]);
  });
}

test('the typeface’s capitals are as high as its sizes are reckoned by', async ({ wall }) => {
  const share = await wall.evaluate(async () => {
    await document.fonts.load('1000px "IBM Plex Sans Variable"');
    const pen = document.createElement('canvas').getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.font = '1000px "IBM Plex Sans Variable"';
    return pen.measureText('H').actualBoundingBoxAscent / 1_000;
  });
  // Measured in whole pixels of a hinted letter.
  expect(Math.abs(share - CAPITAL_SHARE)).toBeLessThan(0.01);
});
