/** Work on alerts at a desk: each step of the version that is on the screen, who has it where another was quicker, nothing typed lost. */
import { describe, expect, it } from 'vitest';
import { AlertDesk } from '../../../client/state/alert-desk.svelte.ts';
import type { Answer } from '../../../client/state/answer.ts';
import type { Alert } from '../../../shared/alert-state.ts';
import type { AlertStep } from '../../../shared/alert-step.ts';
import { alert } from '../alerts.ts';
import { VirtualTimers } from '../virtual-timers.ts';

function atDesk(first: Alert, answers: Answer<Alert>[], present: Alert = first) {
  const timers = new VirtualTimers();
  const asked: { step: AlertStep; expectedVersion: number }[] = [];
  let shown: Alert[] = [first];
  const desk = new AlertDesk({
    server: {
      take: (_id, step, expectedVersion) => {
        asked.push({ step, expectedVersion });
        return Promise.resolve(answers.shift() ?? { kind: 'unreachable' });
      },
      read: () => Promise.resolve({ kind: 'answered', value: { alert: present, steps: [] } }),
    },
    timers,
    shown: () => shown,
    learn: (learnt) => {
      shown = shown.map((one) => (one.id === learnt.id ? learnt : one));
    },
  });
  const show = (alerts: Alert[], next: Alert | undefined): void => {
    shown = alerts;
    desk.changed(next);
  };
  return { desk, asked, timers, show, shown: () => shown };
}

const taken = alert('1', { version: 2, revision: 2, state: 'acknowledged', holder: 'desk-1' });
const answered = (value: Alert): Answer<Alert> => ({ kind: 'answered', value });
const conflict: Answer<Alert> = { kind: 'refused', status: 409, reason: 'the alert has moved on' };

describe('a step', () => {
  it('is of the version that is on the screen, and what the server answers is there at once', async () => {
    const { desk, asked, shown } = atDesk(alert('1'), [
      answered(taken),
      answered({ ...taken, version: 3, revision: 3, state: 'assigned', unit: 'K-1' }),
    ]);
    const taking = desk.takeNext(alert('1'));
    // Not even the answer need be waited for: the next step is of what it brings.
    const assigning = desk.take('1', { act: 'assign', unit: 'K-1' });
    await Promise.all([taking, assigning]);
    expect(asked.map(({ step: { act }, expectedVersion }) => [act, expectedVersion])).toEqual([
      ['acknowledge', 1],
      ['assign', 2],
    ]);
    expect(shown()[0]).toMatchObject({ state: 'assigned', unit: 'K-1' });
    expect(desk.typedUnits).toEqual(['K-1']);
  });

  it('that comes too late tells how the alert stands, and keeps what was typed', async () => {
    const another = { ...taken, holder: 'desk-2' };
    const { desk, shown } = atDesk(alert('1'), [conflict], another);
    desk.open(alert('1'));
    desk.form = 'dismiss';
    desk.draftOf('1').note = 'a fair';
    expect(await desk.take('1', { act: 'dismiss', reason: 'known-event', note: 'a fair' })).toBe(false);
    expect(desk.refusal).toEqual({ why: 'moved-on', alert: another });
    expect(shown()[0]).toEqual(another);
    expect(desk.form).toBe('dismiss');
    expect(desk.draftOf('1').note).toBe('a fair');
  });

  it('that reaches no server is not taken, and can be asked for again', async () => {
    const { desk, asked } = atDesk(alert('1'), [{ kind: 'unreachable' }, answered(taken)]);
    desk.open(alert('1'));
    expect(await desk.take('1', { act: 'acknowledge' })).toBe(false);
    expect(desk.refusal).toEqual({ why: 'unreachable' });
    expect(await desk.take('1', { act: 'acknowledge' })).toBe(true);
    expect(desk.refusal).toBeNull();
    expect(asked.map(({ expectedVersion }) => expectedVersion)).toEqual([1, 1]);
  });
});

describe('the key that takes the next one', () => {
  it('takes none that has just come before the one that was there', async () => {
    const first = alert('1');
    const urgent = alert('2', { priority: 'high' });
    const { desk, asked, timers, show } = atDesk(first, [answered({ ...taken, id: '2' })], urgent);
    show([first], first);
    timers.pass(5_000);
    show([urgent, first], urgent);
    timers.pass(300);
    await desk.takeNext(urgent);
    expect(desk.refusal).toEqual({ why: 'jumped' });
    expect(asked).toEqual([]);
    timers.pass(500);
    await desk.takeNext(urgent);
    expect(asked).toHaveLength(1);
  });

  it('takes the next at once where the one before has been taken', async () => {
    const [first, second] = [alert('1'), alert('2')];
    const { desk, asked, timers, show } = atDesk(first, [answered(taken)], second);
    timers.pass(5_000);
    show([first, second], first);
    show([taken, second], second);
    await desk.takeNext(second);
    expect(asked).toHaveLength(1);
  });

  it('says that none waits', async () => {
    const { desk } = atDesk(alert('1'), []);
    await desk.takeNext(undefined);
    expect(desk.refusal).toEqual({ why: 'none-waits' });
  });
});
