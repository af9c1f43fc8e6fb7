/** A wall asks again and again what it shall show, and keeps what it has while nobody answers. */
import { describe, expect, it } from 'vitest';
import { followDisplay, type LearntDisplay } from '../../../client/connection/follow-display.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const display = (version: number): LearntDisplay => ({
  ...{ name: 'north', version, changedAt: '2026-03-01T00:00:00.000Z' },
  display: { views: [{ role: 'force' }] },
});

/** Lets the answers of promises that are settled already be taken. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe('following a display', () => {
  it('asks at once, then every five seconds, and tells nothing where there is no answer', async () => {
    const timers = new VirtualTimers();
    const answers = [display(1), undefined, 'gone' as const, display(2)];
    const learnt: LearntDisplay[] = [];
    const stop = followDisplay(
      'north',
      timers,
      (one) => learnt.push(one),
      () => Promise.resolve(answers.shift()),
    );
    for (let round = 0; round < 4; round++) {
      await settled();
      timers.pass(5_000);
    }
    expect(learnt).toEqual([display(1), 'gone', display(2)]);
    stop();
    await settled();
    expect(timers.pending).toBe(0);
  });
});
