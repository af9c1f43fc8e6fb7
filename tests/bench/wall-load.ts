/**
 * `wall.load`: seconds from opening the wall on the real server, with nothing cached, to its first picture; and kB of
 * JavaScript that it needs for it, gzipped.
 */
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { chromiumProgram } from '../../server/commands/chromium.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { serverProcess, type ServerProcess } from '../support/server-process.ts';
import { distribution, round, type Benchmark } from './bench.ts';
import { publishSteadily } from './steady-publisher.ts';
import { IS_PICTURE_SHOWN } from './wall/in-page.ts';
import { SCREEN } from './wall/wall-stage.ts';

const ROUNDS = 7;

export const wallLoad: Benchmark = {
  names: ['wall.load', 'wall.load.javascript'],
  run: async (report) => {
    const executablePath = await chromiumProgram(report);
    const server = await serverProcess({}, report);
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    try {
      await publishSteadily(server.natsUrls, { perSecond: 500, seconds: 4, prefix: 'load' });
      const loads: { seconds: number; kilobytes: number }[] = [];
      // The first warms the server, not the browser: that has nothing cached in any.
      for (let round = 0; round <= ROUNDS; round++) loads.push(await coldLoad(browser, server));
      const timed = loads.slice(1);
      const seconds = timed.map((load) => load.seconds);
      return [
        distribution('wall.load', 's', seconds),
        {
          name: 'wall.load.javascript',
          value: round(Math.max(...timed.map(({ kilobytes }) => kilobytes))),
          unit: 'kB',
          n: ROUNDS,
        },
      ];
    } finally {
      await browser.close();
      await server.dispose();
    }
  },
};

async function coldLoad(
  browser: Browser,
  server: ServerProcess,
): Promise<{ seconds: number; kilobytes: number }> {
  const context = await browser.newContext({ viewport: SCREEN });
  try {
    const page = await context.newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    const began = performance.now();
    await page.goto(`${server.url}/wall#${server.wallToken}`, { waitUntil: 'commit' });
    await page.waitForFunction(IS_PICTURE_SHOWN, undefined, { polling: 'raf' });
    const seconds = (performance.now() - began) / 1_000;
    const bodies = await Promise.all(scripts);
    return { seconds, kilobytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000 };
  } finally {
    await context.close();
  }
}
