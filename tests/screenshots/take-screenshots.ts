/** Takes the README's pictures from a demo of their own, once its city's past is on the map. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { freePort } from '../../server/local-services/free-port.ts';
import type { FeedState } from '../../shared/feed.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { until } from '../support/until.ts';

const DEMO = resolve(import.meta.dirname, '../../server/commands/demo.ts');
/** Sizes follow the screen's height, so a wall of twice as many pixels looks the same. */
const SCREEN = { width: 1600, height: 900 };
const LIMIT_MS = 300_000;

interface Services {
  url: string;
  user: string;
  password: string;
  wallToken: string;
}

/** @param folder where the pictures go */
export async function takeScreenshots(
  folder: string,
  executablePath: string,
  report: (line: string) => void,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'forewatch-screenshots-'));
  // PostgreSQL's own account must be able to enter it.
  chmodSync(dataDir, 0o755);
  const demo = spawn(process.execPath, [DEMO], {
    // Without tiles, so that a picture does not depend on what the network brings.
    env: { BASEMAP: 'none', ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    report('A city comes to life.');
    const messages = await publishedPast(demo);
    const services = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as Services;
    await untilStored(services, messages);
    const shoot = async (name: string, open: (page: Page) => Promise<unknown>): Promise<void> => {
      await picture(browser, join(folder, name), open);
      report(`${join(folder, name)} is taken.`);
    };
    const wall = (query: string) => (page: Page) =>
      page.goto(`${services.url}/wall${query}#${services.wallToken}`);
    // A screen of 98 inches that is read from five metres has room for everything.
    const near = 'distance=5&width=2170';
    await shoot('wall-night.webp', wall(`?look=night&lang=en&${near}`));
    await shoot('wall-day.webp', wall(`?look=day&lang=en&${near}`));
    await shoot('wall-welsh.webp', wall(`?look=night&lang=cy&${near}`));
    await shoot('desk.webp', async (page) => {
      await page.goto(`${services.url}/?look=night&lang=en`);
      await page.locator('input[name="user"]').fill(services.user);
      await page.locator('input[name="password"]').fill(services.password);
      await page.keyboard.press('Enter');
    });
  } finally {
    await browser.close();
    demo.kill('SIGINT');
    if (demo.exitCode === null) await once(demo, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** How many messages the past has, once all of them are published. */
async function publishedPast({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('the demo has no output to read');
  for await (const line of createInterface({ input: stdout })) {
    const [, messages] = / is published: (\d+) messages\.$/.exec(line) ?? [];
    if (messages === undefined) continue;
    // Whatever it says later must not fill the pipe.
    stdout.resume();
    return Number(messages);
  }
  throw new Error('the demo ended before its past was published');
}

async function untilStored({ url, wallToken }: Services, messages: number): Promise<void> {
  const headers = { authorization: `Bearer ${wallToken}` };
  const accounted = async (): Promise<number> => {
    const { feeds } = (await (await fetch(`${url}/api/feeds`, { headers })).json()) as { feeds: FeedState[] };
    return feeds.reduce((sum, { stored, duplicates, rejected }) => sum + stored + duplicates + rejected, 0);
  };
  await until(accounted, (count) => count >= messages, LIMIT_MS);
}

/** Opens a page of its own, and takes it once it shows a ranking that has counted the incidents. */
async function picture(
  browser: Browser,
  file: string,
  open: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await browser.newPage({ viewport: SCREEN, colorScheme: 'dark' });
  await open(page);
  const counted = page.locator('[data-rank] .observed');
  await until(
    async () => (await counted.allTextContents()).map(Number),
    (observed) => observed.length > 5 && observed.filter((count) => count > 0).length > observed.length / 2,
    LIMIT_MS,
  );
  // The heat follows the lists within two seconds, and is drawn in a frame of its own.
  await page.waitForLoadState('networkidle');
  await page.waitForFunction("document.fonts.status === 'loaded'");
  // Heat is a poor subject for PNG, in which it has three times the size.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 90 });
  writeFileSync(file, Buffer.from(data, 'base64'));
  await page.close();
}
