/** What a wall must survive in a week without a hand on it. */
import type { CDPSession, Page } from '@playwright/test';
import { openDatabase } from '../../server/store/database.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

const crowd = (name: string, count: number): ReturnType<typeof recentIncident>[] =>
  Array.from({ length: count }, (_, n) =>
    recentIncident({
      id: `${name}-${n}`,
      location: { lat: 51.4 + (n % 20) * 0.01, lon: -0.3 + (n % 17) * 0.02 },
    }),
  );

interface Held {
  heapBytes: number;
  nodes: number;
  listeners: number;
}

/** What the page holds once all that can be freed is. */
async function held(session: CDPSession): Promise<Held> {
  // What was freed in one pass may let go of more.
  for (let pass = 0; pass < 3; pass++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
  return {
    heapBytes: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
  };
}

async function openWall(page: Page, forewatch: Forewatch, query = ''): Promise<void> {
  await page.goto(`${forewatch.url}/wall${query}#${forewatch.wallToken}`);
  await page.locator('html[data-shown="yes"]').waitFor();
}

test('holds no more after many themes and rotations than after few', async ({ forewatch, page }) => {
  test.setTimeout(300_000);
  await forewatch.publish(...crowd('crowd', 60));
  await page.clock.install();
  await openWall(page, forewatch, '?rotate=force,alerts,area:51.5,-0.12,2000,scorecard&every=5');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  let published = 0;
  const views = ['alerts', 'area', 'scorecard', 'force'];
  const rounds = async (count: number): Promise<Held> => {
    for (let done = 0; done < count; done++) {
      const before = await page.locator('h1').textContent();
      await page.keyboard.press('t');
      // A new theme is asked for at most once in 1.1 s.
      await page.clock.runFor(1_500);
      await expect(page.locator('h1')).not.toHaveText(before ?? '');
      for (const role of views) {
        // Whoever hears nothing for twelve seconds believes the connection dead.
        await forewatch.publish(...crowd(`more-${published++}`, 1));
        await page.clock.runFor(role === 'alerts' ? 3_500 : 5_000);
        await page.locator(`main[data-role="${role}"]`).waitFor();
      }
    }
    return held(session);
  };
  await rounds(7);
  const few = await rounds(7);
  const many = await rounds(14);
  expect(many.listeners).toBeLessThanOrEqual(few.listeners + 5);
  // What is published may raise an alert meanwhile, of some dozens of nodes; 56 views that stayed would be thousands.
  expect(many.nodes).toBeLessThan(few.nodes + 250);
  expect(many.heapBytes).toBeLessThan(few.heapBytes * 1.05);
});

test('comes back where the server lost its stream and begins a new one', async ({ forewatch, page }) => {
  await forewatch.publish(recentIncident({ id: 'before' }));
  await openWall(page, forewatch);
  await page.locator('[data-incident-id="before"]').waitFor();
  await forewatch.kill();
  await page.locator('[data-connection="stale"]').waitFor();
  await forewatch.forgetLive();
  await forewatch.start();
  await page.locator('main[data-connection="live"]').waitFor();
  await forewatch.publish(recentIncident({ id: 'after' }));
  await page.locator('[data-incident-id="after"]').waitFor();
  await expect(page.locator('[data-figure="happened"]')).toHaveText('2');
});

test('signs in again by its token where its session has ended', async ({ forewatch, page }) => {
  await openWall(page, forewatch);
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  await database.query('delete from sessions');
  await database.end();
  await forewatch.kill();
  await page.locator('[data-connection="stale"]').waitFor();
  await forewatch.start();
  await page.locator('main[data-connection="live"]').waitFor();
  await forewatch.publish(recentIncident({ id: 'after' }));
  await page.locator('[data-incident-id="after"]').waitFor();
});

test('keeps its picture, and says why it is old, where its token was taken back', async ({
  forewatch,
  page,
}) => {
  await forewatch.publish(recentIncident({ id: 'before' }));
  await openWall(page, forewatch);
  await page.locator('[data-incident-id="before"]').waitFor();
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  await database.query('delete from sessions');
  await database.query('delete from access_tokens');
  await database.end();
  await forewatch.kill();
  await forewatch.start();
  await expect(page.locator('[role="alert"]')).toContainText('this wall’s token is no longer valid');
  await expect(page.locator('[data-incident-id="before"]')).toBeVisible();
});

test('is live again, at the right time, after its machine slept for hours', async ({ forewatch, page }) => {
  await page.clock.install();
  await openWall(page, forewatch);
  await page.clock.fastForward('03:00:00');
  await forewatch.publish(recentIncident({ id: 'after' }));
  await page.locator('main[data-connection="live"] [data-incident-id="after"]').waitFor();
  await expect
    .poll(async () => {
      const shown = await page.locator('.clock time').getAttribute('datetime');
      return Math.abs(Date.parse(shown ?? '') - Date.now());
    })
    .toBeLessThan(60_000);
});

test('a part that fails says so, leaves the others be, and comes back', async ({ forewatch, page }) => {
  let isBroken = true;
  await page.routeWebSocket(/\/live$/, (client) => {
    const server = client.connectToServer();
    server.onMessage((text) => {
      const frame = JSON.parse(String(text)) as {
        type: string;
        feeds?: { feed: string | null }[];
        feed?: { feed: string | null };
      };
      // A feed without a name, in the picture or told a moment later: what shows feeds cannot show it.
      if (isBroken) for (const feed of [...(frame.feeds ?? []), frame.feed]) if (feed) feed.feed = null;
      client.send(JSON.stringify(frame));
    });
  });
  await forewatch.publish(recentIncident({ id: 'seen' }));
  await openWall(page, forewatch);
  await expect(page.locator('[data-failed="feeds"]')).toBeVisible();
  await expect(page.locator('[data-incident-id="seen"]')).toBeVisible();
  await expect(page.locator('[data-faults]')).toBeVisible();
  isBroken = false;
  // Another picture, with feeds that have names again.
  await page.keyboard.press('t');
  await expect(page.locator('[data-failed="feeds"]')).toHaveCount(0);
  await expect(page.locator('[data-feed="police/test"]')).toBeVisible();
});

test('what fails unseen is counted where the room sees it', async ({ forewatch, page }) => {
  await openWall(page, forewatch);
  await expect(page.locator('[data-faults]')).toHaveCount(0);
  await page.evaluate(() => {
    void Promise.reject(new Error('taken by nobody'));
    setTimeout(() => {
      throw new Error('thrown by nobody’s fault');
    });
  });
  await expect(page.locator('[data-faults="2"]')).toBeVisible();
  await expect(page.locator('main[data-connection="live"]')).toBeVisible();
});
