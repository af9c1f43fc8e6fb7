/** What stands beside the figures: what is usual, each hotspot's day, how feeds fare, and what the forecast is worth. */
import { openDatabase } from '../../server/store/database.ts';
import { insertScore } from '../../server/store/score-store.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { fillSteadily } from '../support/steady-past.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

const NOW_MS = performance.timeOrigin + performance.now();
const LONDON = new TimeZone('Europe/London');

async function inDatabase(
  { databaseUrl }: Forewatch,
  act: (database: ReturnType<typeof openDatabase>) => Promise<void>,
): Promise<void> {
  const database = openDatabase({ url: databaseUrl, name: 'browser test' });
  await act(database);
  await database.end();
}

test('the incidents of the window stand beside what is usual, and unknown is said to be', async ({
  forewatch,
  wall,
}) => {
  const usual = wall.locator('[data-figure="usual"]');
  await forewatch.publish(recentIncident({ id: 'first' }));
  await expect(usual).toHaveText('usual: not known yet');
  await expect(usual).toHaveAttribute('data-usual', 'unknown');
  const endMs = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;
  await inDatabase(forewatch, (database) =>
    fillSteadily(database, {
      ...{ force: 'metropolitan', fromMs: endMs - 56 * 7 * DAY_MS, toMs: endMs - DAY_MS, perHour: 2 },
    }),
  );
  // It is counted anew when the server starts.
  await forewatch.kill();
  await forewatch.start();
  await wall.reload();
  await expect(usual).toHaveText(/usually \d+–\d+/);
  const burst = Array.from({ length: 40 }, (_, n) => recentIncident({ id: `burst-${n}` }));
  await forewatch.publish(...burst);
  await expect(wall.locator('[data-figure="happened"]')).toHaveText('41');
  await wall.reload();
  await expect(usual).toHaveAttribute('data-usual', 'more');
});

test('each hotspot shows its day, and says it in words', async ({ forewatch, wall }) => {
  const here = { lat: 51.52, lon: -0.08 };
  const hours = [1, 1, 1, 9, 9, 23];
  await forewatch.publish(
    ...hours.map((ago, n) =>
      recentIncident({
        ...{ id: `day-${n}`, location: here },
        occurredAt: new Date(NOW_MS - ago * HOUR_MS).toISOString(),
      }),
    ),
    ...Array.from({ length: 60 }, (_, n) =>
      recentIncident({
        id: `spread-${n}`,
        location: { lat: 51.45 + n * 0.002, lon: -0.2 + ((n * 37) % 60) * 0.003 },
      }),
    ),
  );
  const trend = wall.locator('[data-hotspot-cell="89194ad30c3ffff"] [data-trend]');
  await expect(trend).toHaveAccessibleName('6 in the last 24 h, 3 of them in the last 8 h');
  const bars = ((await trend.getAttribute('data-trend')) ?? '').split(' ').map(Number);
  expect(bars).toHaveLength(12);
  expect(bars.reduce((sum, bar) => sum + bar, 0)).toBe(6);
});

test('a feed is amber after twice, red after five times the interval in which it is expected', async ({
  forewatch,
  wall,
}) => {
  await forewatch.publish(recentIncident({ id: 'once' }));
  const tile = wall.locator('[data-feed="police/test"]');
  await expect(tile).toHaveAttribute('data-health', 'live');
  // A feed with a rhythm of three seconds is expected within twelve.
  const silentFor = (seconds: number): Promise<void> =>
    inDatabase(forewatch, async (database) => {
      await database.query(
        `update feeds set mean_gap_seconds = 3, last_received_at = now() - make_interval(secs => $1)`,
        [seconds],
      );
    });
  await silentFor(30);
  await expect(tile).toHaveAttribute('data-health', 'overdue');
  await expect(tile).toContainText('overdue');
  await silentFor(61);
  await expect(tile).toHaveAttribute('data-health', 'silent');
  await expect(tile).toContainText('SILENT');
});

test('the forecast tells its age, its model and how well yesterday’s hit beside last year’s map', async ({
  forewatch,
  wall,
}) => {
  const midnightMs = LONDON.startOfDay(NOW_MS);
  const fromMs = LONDON.startOfDay(midnightMs - DAY_MS / 2);
  const parts = (hits: number) => ({
    ...{ expected: 90, observed: 100, gain: 0.5 },
    byAreaShare: [0.01, 0.02, 0.05, 0.1].map((areaShare) => ({ areaShare, hits, bestHits: 40 })),
  });
  await inDatabase(forewatch, async (database) => {
    const connection = await database.connect();
    await insertScore(connection, {
      ...{
        force: 'metropolitan',
        theme: 'all',
        horizonHours: 8,
        stage: 'closed',
        modelId: 'model',
        dispersion: 0.1,
      },
      ...{
        fromMs,
        toMs: fromMs + 8 * HOUR_MS,
        timedShare: 1,
        covered: true,
        outside: 0,
        cells: 1_000,
        coverage80: 800,
      },
      ...{ model: parts(18), naiveMap: parts(15) },
    });
    connection.release();
  });
  const strip = wall.locator('[data-forecast]');
  await expect(strip).toHaveAttribute('data-forecast', 'none');
  await forewatch.publish(...Array.from({ length: 30 }, (_, n) => recentIncident({ id: `known-${n}` })));
  await expect(strip).toHaveAttribute('data-forecast', 'fresh');
  await expect(strip).toContainText(/Forecast \d+ s old/);
  await expect(strip.locator('[data-model]')).toHaveText(/^model [0-9a-f]{7}$/);
  await expect(strip.locator('[data-rate="model"]')).toHaveText('18 %');
  await expect(strip.locator('[data-rate="naive"]')).toHaveText('15 %');
});

test('says it all in Welsh, too', async ({ forewatch, page }) => {
  await page.goto(`${forewatch.url}/wall?lang=cy#${forewatch.wallToken}`);
  await page.locator('[data-connection="live"]').waitFor();
  await forewatch.publish(recentIncident({ id: 'cyntaf' }));
  await expect(page.locator('[data-figure="usual"]')).toHaveText('arferol: anhysbys eto');
  await expect(page.locator('[data-forecast]')).toContainText('Rhagolwg');
});
