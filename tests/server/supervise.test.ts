/** A stage that fails is started again and says so in health; a stage that is stopped drains first. */
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { Health } from '../../server/health.ts';
import { supervise } from '../../server/supervise.ts';
import { until } from '../support/until.ts';

const log = pino({ level: 'silent' });
let health: Health;

beforeEach(() => {
  health = new Health({ kind: 'system', speed: 1, now: () => 0 });
});

const problem = (): string | undefined => health.stages()[0]?.problem;
const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

describe('a supervised stage', () => {
  it('is not healthy until it says that it works', async () => {
    let work = (): void => undefined;
    const stop = supervise(
      {
        name: 'stage',
        run: (signal, working) => {
          work = working;
          return untilAborted(signal);
        },
      },
      { health, log },
    );
    expect(problem()).toBe('starting');
    await until(
      () => {
        work();
        return health.ready;
      },
      (ready) => ready,
    );
    await stop();
  });

  it('is started again after a failure, which health tells of meanwhile', async () => {
    const problems: (string | undefined)[] = [];
    let runs = 0;
    const stop = supervise(
      {
        name: 'stage',
        run: async (signal, working) => {
          problems.push(problem());
          runs++;
          if (runs === 1) throw new Error('no database');
          working();
          await untilAborted(signal);
        },
      },
      { health, log },
    );
    await until(
      () => health.ready,
      (ready) => ready,
    );
    expect(problems).toEqual(['starting', 'no database']);
    await stop();
  });

  it('is started again where it ends by itself', async () => {
    let runs = 0;
    const run = (): Promise<void> => {
      runs++;
      return Promise.resolve();
    };
    const stop = supervise({ name: 'stage', run }, { health, log });
    await until(
      () => runs,
      (count) => count >= 2,
    );
    expect(problem()).toBe('ended by itself');
    await stop();
  });

  it('has drained when stopping is done, and a failure on the way out is no failure', async () => {
    let drained = false;
    const stop = supervise(
      {
        name: 'stage',
        run: async (signal, working) => {
          working();
          await untilAborted(signal);
          await new Promise((resolve) => setImmediate(resolve));
          drained = true;
          throw new Error('the connection is closed');
        },
      },
      { health, log },
    );
    await stop();
    expect(drained).toBe(true);
    expect(health.ready).toBe(true);
  });
});
