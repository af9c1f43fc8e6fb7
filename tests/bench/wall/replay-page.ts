/** The client's part of replay's benchmarks: moves a real page through the past and times until it is drawn, and plays in it. */
import type { Page } from 'playwright-core';
import { formatInstant, TimeZone } from '../../../shared/time.ts';

const ZONE = new TimeZone('Europe/London');

/** Resolves when the replay at `url` (a Forewatch whose session the page has) stands at a moment. */
export async function openReplayPage(page: Page, url: string, atMs: number): Promise<void> {
  await page.goto(`${url}/replay?at=${formatInstant(atMs)}&theme=all&horizon=24`);
  await page.waitForSelector('[data-replay][data-at]');
  await page.waitForSelector('.leaflet-container canvas');
}

/**
 * Milliseconds from asking for a moment to its picture on the screen.
 * @param atMs a whole second
 */
export function seekInPage(page: Page, atMs: number): Promise<number> {
  const written = formatInstant(atMs + ZONE.offsetMs(atMs)).slice(0, 19);
  return page.evaluate<number>(seekAndWait(written, atMs));
}

// A string, since this project knows no DOM. Two frames on, what was drawn in the first is on the screen.
function seekAndWait(written: string, atMs: number): string {
  return `new Promise((resolve) => {
    const field = document.querySelector('[data-time-machine] input[name="at"]');
    const replay = document.querySelector('[data-replay]');
    const began = performance.now();
    field.value = ${JSON.stringify(written)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.form.requestSubmit();
    const look = () => {
      if (Number(replay.dataset.at) !== ${atMs}) requestAnimationFrame(look);
      else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
    };
    look();
  })`;
}

export interface PagePlay {
  /** Seconds of the past that were played in a second, on average. */
  factor: number;
  /** Megabytes of the page's heap after garbage was collected: before, and after. */
  heap: [before: number, after: number];
}

/** Plays for so many seconds at 600×, from where the replay stands. */
export async function playInPage(page: Page, seconds: number): Promise<PagePlay> {
  const before = await heapMegabytes(page);
  await page.click('[data-speed="600"]');
  const from = await standsAt(page);
  const began = performance.now();
  await page.click('[data-replay-act="play"]');
  await page.waitForTimeout(seconds * 1_000);
  const played = (await standsAt(page)) - from;
  const factor = played / (performance.now() - began);
  await page.click('[data-replay-act="play"]');
  await page.waitForSelector('[data-replay][data-playing="false"]');
  return { factor, heap: [before, await heapMegabytes(page)] };
}

async function standsAt(page: Page): Promise<number> {
  return Number(await page.getAttribute('[data-replay]', 'data-at'));
}

async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
