/** An alert's life: each step from each state, who may take it, and what it leaves behind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, type Alert } from '../../../shared/alert-state.ts';
import { DISMISSALS, OUTCOMES, SHELVE_MINUTES, type AlertStep } from '../../../shared/alert-step.ts';
import { takeStep, type Actor } from '../../../server/alerts/take-step.ts';
import { finding } from '../../support/findings.ts';

const NOW_MS = Date.parse('2026-03-01T22:00:00Z');
const one: Actor = { name: 'desk-1', leads: false };
const other: Actor = { name: 'desk-2', leads: false };
const lead: Actor = { name: 'lead-1', leads: true };

function raised(change: Partial<Alert> = {}): Alert {
  return {
    ...{ id: '7', force: 'kent', version: 1, revision: 1, priority: 'medium', state: 'raised' },
    ...{ finding: finding(), coarse: false, raisedAt: '2026-03-01T21:41:00.000Z', changedAt: '' },
    ...{ escalatedAt: null, shelvedUntil: null, heldBack: false, parent: null, holder: null, unit: null },
    ...{ outcome: null, dismissal: null },
    ...change,
  };
}

function after(steps: readonly [Actor, AlertStep][], from = raised()): Alert {
  return steps.reduce((alert, [actor, step]) => {
    const taken = takeStep(alert, step, actor, NOW_MS);
    if ('refused' in taken) throw new Error(taken.refused);
    return taken.alert;
  }, from);
}

const acknowledge = { act: 'acknowledge' } as const;
const assign = { act: 'assign', unit: 'K-21' } as const;
const resolve = { act: 'resolve', outcome: 'reassured' } as const;

describe('an alert', () => {
  it('goes from raised over acknowledged and assigned to resolved, one version a step', () => {
    const alert = after([
      [one, acknowledge],
      [one, assign],
      [one, resolve],
    ]);
    expect(alert).toMatchObject({ state: 'resolved', version: 4, holder: 'desk-1', unit: 'K-21' });
    expect(alert).toMatchObject({ outcome: 'reassured', changedAt: '2026-03-01T22:00:00.000Z' });
  });

  it('that one dispatcher has is told to the second, and only a shift lead takes it over', () => {
    const taken = after([[one, acknowledge]]);
    expect(takeStep(taken, assign, other, NOW_MS)).toEqual({ refused: 'desk-1 has this alert' });
    expect(after([[lead, assign]], taken)).toMatchObject({ holder: 'lead-1', state: 'assigned' });
  });

  it.each<[string, Alert, AlertStep, string]>([
    ['assigned before it is taken', raised(), assign, 'acknowledge the alert first'],
    ['resolved before it is taken', raised(), resolve, 'acknowledge the alert first'],
    ['acknowledged twice', after([[one, acknowledge]]), acknowledge, 'the alert is acknowledged already'],
    ['taken from a shelf it is not on', raised(), { act: 'unshelve' }, 'the alert is not shelved'],
    ['escalated twice', after([[one, { act: 'escalate' }]]), { act: 'escalate' }, 'escalated already'],
    [
      'shelved with a unit on its way',
      after([
        [one, acknowledge],
        [one, assign],
      ]),
      { act: 'shelve', minutes: 5 },
      'a unit is on its way',
    ],
    ['changed once it is closed', raised({ state: 'dismissed' }), acknowledge, 'dismissed already'],
  ])('is not %s', (_, alert, step, why) => {
    expect(takeStep(alert, step, one, NOW_MS)).toEqual({
      refused: expect.stringContaining(why) as string,
    });
  });

  it('comes back from the shelf after the minutes that were asked for', () => {
    const shelved = after([[one, { act: 'shelve', minutes: 15 }]]);
    expect(shelved).toMatchObject({ state: 'raised', shelvedUntil: '2026-03-01T22:15:00.000Z' });
    expect(after([[one, acknowledge]], shelved).shelvedUntil).toBeNull();
  });

  it('that is passed on is urgent, whatever it was, and held back no longer', () => {
    expect(after([[one, { act: 'escalate' }]], raised({ priority: 'low', heldBack: true }))).toMatchObject({
      ...{ priority: 'high', heldBack: false, escalatedAt: '2026-03-01T22:00:00.000Z', state: 'raised' },
    });
  });

  const steps = fc.oneof<fc.Arbitrary<AlertStep>[]>(
    fc.constantFrom(acknowledge, { act: 'escalate' } as const, { act: 'unshelve' } as const),
    fc.constantFrom('K-1', 'K-2').map((unit) => ({ act: 'assign' as const, unit })),
    fc.constantFrom(...OUTCOMES).map((outcome) => ({ act: 'resolve' as const, outcome })),
    fc.constantFrom(...DISMISSALS).map((reason) => ({ act: 'dismiss' as const, reason })),
    fc.constantFrom(...SHELVE_MINUTES).map((minutes) => ({ act: 'shelve' as const, minutes })),
  );

  it('rises by one version with each step taken, never reopens, and ends in a decision with its holder', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(one, other, lead), steps)), (asked) => {
        let alert = raised();
        for (const [actor, step] of asked) {
          const taken = takeStep(alert, step, actor, NOW_MS);
          if ('refused' in taken) continue;
          expect(isOpen(alert)).toBe(true);
          expect(taken.alert.version).toBe(alert.version + 1);
          expect(taken.alert.revision).toBe(alert.revision + 1);
          alert = taken.alert;
        }
        if (isOpen(alert)) return;
        expect(alert.holder).not.toBeNull();
        expect((alert.outcome === null) !== (alert.dismissal === null)).toBe(true);
        expect(alert.shelvedUntil).toBeNull();
      }),
    );
  });
});
