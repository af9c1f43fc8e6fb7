/** The open hexagon: asked for at once, again as its data change, and honest about answers that do not come. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../client/state/answer.ts';
import { OpenCell, type CellWanted } from '../../../client/state/open-cell.svelte.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const WANTED: CellWanted = {
  ...{ cell: '89194ad326fffff', hours: 24, theme: 'all', horizonHours: 8, language: 'en' },
};
const FORECAST = { theme: 'all', horizonHours: 8, cell: '89194ad326fffff', unavailable: null };

let timers: VirtualTimers;
let asked: string[];
let answers: Record<string, Answer<unknown>>;
let open: OpenCell;

beforeEach(() => {
  timers = new VirtualTimers();
  asked = [];
  answers = {
    '/api/cells/': { kind: 'answered', value: { cell: WANTED.cell, forecasts: [FORECAST] } },
    '/api/forecasts/explanation': { kind: 'answered', value: { summary: 'because' } },
  };
  open = new OpenCell(<Value>(path: string) => {
    asked.push(path);
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    return Promise.resolve((found?.[1] ?? { kind: 'unreachable' }) as Answer<Value>);
  }, timers);
});

const settled = async (): Promise<void> => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

describe('the open hexagon', () => {
  it('is asked for at once, and then why', async () => {
    open.open(WANTED);
    await settled();
    expect(asked).toEqual([
      '/api/cells/89194ad326fffff?hours=24',
      '/api/forecasts/explanation?cell=89194ad326fffff&theme=all&horizonHours=8&lang=en',
    ]);
    expect(open.detail.value?.cell).toBe(WANTED.cell);
    expect(open.why.value?.summary).toBe('because');
  });

  it('asks why of the coarse hexagon where the theme is told of coarsely', async () => {
    const coarse = { ...FORECAST, cell: '87194ad32ffffff' };
    answers['/api/cells/'] = { kind: 'answered', value: { cell: WANTED.cell, forecasts: [coarse] } };
    open.open(WANTED);
    await settled();
    expect(asked[1]).toContain('cell=87194ad32ffffff');
  });

  it('is asked for again as its data change, once in three seconds at most', async () => {
    open.open(WANTED);
    await settled();
    for (let n = 0; n < 60; n++) {
      open.changed();
      timers.pass(100);
      await settled();
    }
    expect(asked.filter((path) => path.startsWith('/api/cells/')).length).toBeLessThanOrEqual(4);
    expect(asked.filter((path) => path.startsWith('/api/cells/')).length).toBeGreaterThanOrEqual(3);
    const before = asked.length;
    open.close();
    open.changed();
    timers.pass(10_000);
    expect(asked.length).toBe(before);
  });

  it('waits for a slow answer, and then asks once more', async () => {
    const waiting: ((answer: Answer<unknown>) => void)[] = [];
    const slow = new OpenCell(
      <Value>() =>
        new Promise<Answer<Value>>((resolve) => {
          waiting.push(resolve as (answer: Answer<unknown>) => void);
        }),
      timers,
    );
    slow.open(WANTED);
    for (let n = 0; n < 10; n++) {
      slow.changed();
      timers.pass(3_000);
    }
    expect(waiting).toHaveLength(1);
    waiting[0]?.({ kind: 'refused', status: 404, reason: 'gone' });
    await settled();
    timers.pass(3_000);
    expect(waiting).toHaveLength(2);
  });

  it('says why there is no forecast, and asks for no explanation then', async () => {
    const none = { ...FORECAST, unavailable: 'no model' };
    answers['/api/cells/'] = { kind: 'answered', value: { cell: WANTED.cell, forecasts: [none] } };
    open.open(WANTED);
    await settled();
    expect(open.why).toEqual({ value: null, fault: { reason: 'no model' } });
    expect(asked).toHaveLength(1);
  });

  it('keeps the last answer while the server does not answer, and says so; a refusal takes it away', async () => {
    open.open(WANTED);
    await settled();
    answers['/api/cells/'] = { kind: 'unreachable' };
    open.open(WANTED);
    await settled();
    expect(open.detail).toMatchObject({ value: { cell: WANTED.cell }, fault: { reason: null } });
    answers['/api/cells/'] = { kind: 'refused', status: 403, reason: 'coarse only' };
    open.open(WANTED);
    await settled();
    expect(open.detail).toEqual({ value: null, fault: { reason: 'coarse only' } });
  });

  it('shows nothing of another hexagon while the new one’s answer is on its way', async () => {
    open.open(WANTED);
    await settled();
    open.open({ ...WANTED, cell: '89194ad3203ffff' });
    expect(open.detail).toEqual({ value: null, fault: null });
    expect(open.why).toEqual({ value: null, fault: null });
  });
});
