/** `alert.drawn`: ms from publishing a cluster's last incident to its alert drawn on a dispatcher's desk in Chromium. */
import { jetstream } from '@nats-io/jetstream';
import { chromium, type Page } from 'playwright-core';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { chromiumProgram } from '../../server/commands/chromium.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { serverProcess } from '../support/server-process.ts';
import { distribution, type Benchmark } from './bench.ts';

const NAME = 'alert.drawn';
const ROUNDS = 20;
const SIZE = 10;
const PAST_INCIDENTS = 3_000;
const FIRST_ALERT_MS = 120_000;

export const alertDrawn: Benchmark = {
  names: [NAME],
  run: async (report) => {
    const executablePath = await chromiumProgram(report);
    const server = await serverProcess({}, report);
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    const connection = await connectNats({ urls: server.natsUrls, name: 'bench publisher' });
    const client = jetstream(connection);
    const publish = (id: string, atMs: number, place: number): Promise<unknown> => {
      const incident = {
        ...{ id, occurredAt: new Date(atMs).toISOString(), location: placeOf(place) },
        ...{ category: 'robbery', severity: 5, force: 'metropolitan' },
      };
      return client.publish('incidents.v1.police.bench', JSON.stringify(incident));
    };
    try {
      const random = seededRandom(1);
      const past = Array.from({ length: PAST_INCIDENTS }, (_, i) => {
        const ageMs = HOUR_MS + random() * 3 * DAY_MS;
        return publish(`past-${i}`, now() - ageMs, Math.floor(random() * 100));
      });
      await Promise.all(past);
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      const data = { user: 'admin', password: server.password };
      await page.request.post(`${server.url}/api/session`, { data });
      await page.goto(server.url);
      await page.waitForSelector('[data-connection="live"]');
      await page.evaluate(WATCH);
      const latencies: number[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        let sentMs = 0;
        for (let i = 0; i < SIZE; i++) {
          sentMs = now();
          await publish(`cluster-${round}-${i}`, sentMs - (SIZE - i) * 20_000, round * 4);
        }
        const drawnMs = await drawn(page, round);
        // The first waits until it is known what chance does.
        if (round > 0) latencies.push(Math.max(0, drawnMs - sentMs));
        else report(`the first alert was drawn after ${Math.round(drawnMs - sentMs)} ms`);
      }
      return [distribution(NAME, 'ms', latencies)];
    } finally {
      await connection.close();
      await browser.close();
      await server.dispose();
    }
  },
};

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** A kilometre and a half and more apart: every fourth is no neighbour of another. */
function placeOf(index: number): { lat: number; lon: number } {
  return { lat: 51.4 + Math.floor(index / 10) * 0.015, lon: -0.3 + (index % 10) * 0.025 };
}

/** Notes when each alert is drawn first: in the frame after its row is there. In the page's own words, as here is no DOM. */
const WATCH = `(() => {
  const seen = new Set();
  globalThis.drawnAlerts = [];
  const look = () => {
    for (const row of document.querySelectorAll('[data-alert]')) {
      const id = row.getAttribute('data-alert');
      if (seen.has(id)) continue;
      seen.add(id);
      globalThis.drawnAlerts.push(performance.timeOrigin + performance.now());
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/** When the alert after so many was drawn, epoch milliseconds. */
async function drawn(page: Page, before: number): Promise<number> {
  const holds = `globalThis.drawnAlerts.length > ${before}`;
  await page.waitForFunction(holds, undefined, { timeout: FIRST_ALERT_MS });
  return page.evaluate<number>(`globalThis.drawnAlerts[${before}]`);
}
