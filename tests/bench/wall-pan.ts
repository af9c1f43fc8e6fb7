/** `wall.pan`: frames a second while a 4K map is panned and zoomed: 100,000 incidents as heat, 5,000 hexagons, 50 deltas a second. */
import { round, type Benchmark } from './bench.ts';
import { FRAMES, WATCH_FRAMES } from './wall/in-page.ts';
import { sendSteadily } from './wall/steady-deltas.ts';
import { openStage, SCREEN } from './wall/wall-stage.ts';

const PER_SECOND = 50;
const SECONDS = 20;
/** Drags and turns of the wheel, as a hand makes them. */
const DRAG_STEPS = 90;
const STEP_MS = 16;

export const wallPan: Benchmark = {
  names: ['wall.pan'],
  run: async (report) => {
    const stage = await openStage('/', report);
    try {
      const { page } = stage;
      await sendSteadily(stage, { perSecond: PER_SECOND, seconds: 3, prefix: 'warm' });
      const map = await page.locator('.leaflet-container').boundingBox();
      const centre = {
        x: (map?.x ?? 0) + (map?.width ?? SCREEN.width) / 2,
        y: (map?.y ?? 0) + (map?.height ?? SCREEN.height) / 2,
      };
      await page.mouse.move(centre.x, centre.y);
      await page.evaluate(WATCH_FRAMES);
      const flow = sendSteadily(stage, { perSecond: PER_SECOND, seconds: SECONDS, prefix: 'pan' });
      const began = performance.now();
      let turns = 0;
      while (performance.now() - began < SECONDS * 1_000) {
        await page.mouse.down();
        for (let step = 1; step <= DRAG_STEPS; step++) {
          const angle = (step / DRAG_STEPS) * 2 * Math.PI;
          await page.mouse.move(centre.x + 500 * Math.sin(angle), centre.y + 300 * (1 - Math.cos(angle)));
          await page.waitForTimeout(STEP_MS);
        }
        await page.mouse.up();
        // In and out in turn, four steps each.
        for (let step = 0; step < 4; step++) {
          await page.mouse.wheel(0, turns % 2 === 0 ? -120 : 120);
          await page.waitForTimeout(10 * STEP_MS);
        }
        turns++;
      }
      await flow;
      const frames = await page.evaluate<number[]>(FRAMES);
      const spanMs = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
      report(`${turns} drags and zooms, the longest gap between two frames ${Math.max(...gaps)} ms`);
      const value = round(((frames.length - 1) / spanMs) * 1_000);
      return [{ name: 'wall.pan', value, unit: 'frames/s', n: frames.length - 1 }];
    } finally {
      await stage.close();
    }
  },
};
