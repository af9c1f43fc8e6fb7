/**
 * `wall.soak`: growth of the wall's JavaScript heap in % over an hour at 50 deltas a second, after the first ten minutes.
 * Takes over an hour, so it is run only when it is named. `SOAK_MINUTES=6` is a trial: a sixth of it is then warm-up.
 */
import { round, type Benchmark } from './bench.ts';
import { sendSteadily } from './wall/steady-deltas.ts';
import { openStage, type WallStage } from './wall/wall-stage.ts';

const PER_SECOND = 50;
const WHOLE = { warmUpMinutes: 10, minutes: 60 } as const;
/** A reading at each end is the least of so many, half a minute apart: what a collection has not reached yet is no leak. */
const READINGS = 3;

export const wallSoak: Benchmark = {
  names: ['wall.soak'],
  onlyWhenNamed: true,
  run: async (report) => {
    const { warmUpMinutes, minutes } = span();
    report(`${warmUpMinutes} min to warm up, then ${minutes} min`);
    const stage = await openStage('/wall', report);
    try {
      await flow(stage, warmUpMinutes, 'warm');
      const before = await leastHeap(stage);
      report(`${(before / 1e6).toFixed(1)} MB at first`);
      for (let minute = 1; minute <= minutes; minute++) {
        await flow(stage, 1, `minute-${minute}`);
        if (minute % 5 === 0) report(`${minute} min: ${((await heap(stage)) / 1e6).toFixed(1)} MB`);
      }
      const after = await leastHeap(stage);
      report(`${(after / 1e6).toFixed(1)} MB in the end`);
      return [{ name: 'wall.soak', value: round((after / before - 1) * 100), unit: '%', n: minutes }];
    } finally {
      await stage.close();
    }
  },
};

function span(): { warmUpMinutes: number; minutes: number } {
  const trial = Number(process.env['SOAK_MINUTES']);
  return trial > 0 ? { warmUpMinutes: trial / 6, minutes: trial } : WHOLE;
}

async function flow(stage: WallStage, minutes: number, prefix: string): Promise<void> {
  await sendSteadily(stage, { perSecond: PER_SECOND, seconds: minutes * 60, prefix });
}

async function leastHeap(stage: WallStage): Promise<number> {
  const readings: number[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    await flow(stage, 0.5, `reading-${reading}-${readings[0] ?? 0}`);
    readings.push(await heap(stage));
  }
  return Math.min(...readings);
}

/** Bytes in use after a full collection. */
async function heap({ page }: WallStage): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  } finally {
    await session.detach();
  }
}
