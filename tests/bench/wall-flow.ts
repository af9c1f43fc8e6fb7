/**
 * `wall.delta`: ms from sending a delta's frame to the incident's drawing on a 4K wall; `wall.blocked`: ms for which the
 * wall's main thread is blocked at a time, meanwhile: 100,000 incidents as heat, 5,000 hexagons, 50 deltas a second.
 */
import { distribution, type Benchmark } from './bench.ts';
import { WAITS, watchWaits, type Waits } from './wall/in-page.ts';
import { sendSteadily } from './wall/steady-deltas.ts';
import { openStage } from './wall/wall-stage.ts';

const PER_SECOND = 50;
const WARM_UP_SECONDS = 5;
const SECONDS = 30;
/** How often the main thread is asked whether it is free. */
const ASKED_MS = 10;

export const wallFlow: Benchmark = {
  names: ['wall.delta', 'wall.blocked'],
  run: async (report) => {
    const stage = await openStage('/wall', report);
    try {
      const { page } = stage;
      await sendSteadily(stage, { perSecond: PER_SECOND, seconds: WARM_UP_SECONDS, prefix: 'warm' });
      await page.evaluate(watchWaits(ASKED_MS));
      const sentAt = await sendSteadily(stage, { perSecond: PER_SECOND, seconds: SECONDS, prefix: 'timed' });
      const last = [...sentAt.keys()].at(-1) ?? '';
      await page.waitForFunction((id) => performance.getEntriesByName(`drawn:${id}`).length > 0, last);
      const { waits, longTasks } = await page.evaluate<Waits>(WAITS);
      const drawn = await page.evaluate(() =>
        performance
          .getEntriesByType('mark')
          .filter(({ name }) => name.startsWith('drawn:timed'))
          .map(({ name, startTime }): [string, number] => [
            name.slice('drawn:'.length),
            performance.timeOrigin + startTime,
          ]),
      );
      report(`${longTasks.length} tasks of 50 ms and more, the longest ${Math.max(0, ...longTasks)} ms`);
      if (drawn.length < sentAt.size)
        report(`${sentAt.size - drawn.length} of ${sentAt.size} were not drawn singly`);
      const latencies = drawn.map(([id, at]) => at - (sentAt.get(id) ?? NaN));
      return [distribution('wall.delta', 'ms', latencies), distribution('wall.blocked', 'ms', waits)];
    } finally {
      await stage.close();
    }
  },
};
