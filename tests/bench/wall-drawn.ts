/** `wall.drawn.50`: ms from publishing an incident to its drawing on the wall in Chromium. */
import { chromium } from 'playwright-core';
import { chromiumProgram } from '../../server/commands/chromium.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { serverProcess } from '../support/server-process.ts';
import { distribution, type Benchmark } from './bench.ts';
import { publishSteadily } from './steady-publisher.ts';

const NAME = 'wall.drawn.50';
const PER_SECOND = 50;
const SECONDS = 20;

export const wallDrawn: Benchmark = {
  names: [NAME],
  run: async (report) => {
    const executablePath = await chromiumProgram(report);
    const server = await serverProcess({}, report);
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(`${server.url}/wall#${server.wallToken}`);
      await page.waitForSelector('[data-connection="live"]');
      await publishSteadily(server.natsUrls, { perSecond: PER_SECOND, seconds: 3, prefix: 'warm' });
      const options = { perSecond: PER_SECOND, seconds: SECONDS, prefix: 'timed' };
      const sentAt = await publishSteadily(server.natsUrls, options);
      const last = [...sentAt.keys()].at(-1) ?? '';
      await page.waitForFunction((id) => performance.getEntriesByName(`drawn:${id}`).length > 0, last);
      const drawn = await page.evaluate(() =>
        performance
          .getEntriesByType('mark')
          .filter(({ name }) => name.startsWith('drawn:timed'))
          .map(({ name, startTime }): [string, number] => [
            name.slice('drawn:'.length),
            performance.timeOrigin + startTime,
          ]),
      );
      const drawnAt = new Map(drawn);
      const missing = [...sentAt.keys()].filter((id) => !drawnAt.has(id));
      if (missing.length > 0) report(`${missing.length} of ${sentAt.size} were not drawn singly`);
      const latencies = drawn.map(([id, at]) => at - (sentAt.get(id) ?? NaN));
      return [distribution(NAME, 'ms', latencies)];
    } finally {
      await browser.close();
      await server.dispose();
    }
  },
};
