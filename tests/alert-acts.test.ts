/** The screen offers with an alert what the server lets its reader do, and no more. */
import { describe, expect, it } from 'vitest';
import { actsFor, HANDLING_ROLES, LEADING_ROLES } from '../client/state/alert-acts.ts';
import { ACCESS_ROLES, permits, type Principal } from '../server/access/policy.ts';
import { takeStep } from '../server/alerts/take-step.ts';
import { ALERT_ACTS, type AlertAct, type AlertStep } from '../shared/alert-step.ts';
import type { Alert } from '../shared/alert-state.ts';
import { finding } from './support/findings.ts';

function alert(change: Partial<Alert>): Alert {
  return {
    ...{
      id: '1',
      force: 'kent',
      version: 1,
      revision: 1,
      priority: 'medium',
      state: 'raised',
      coarse: false,
    },
    finding: finding(),
    ...{ raisedAt: '2026-03-01T21:40:00.000Z', changedAt: '2026-03-01T21:40:00.000Z', escalatedAt: null },
    ...{ shelvedUntil: null, heldBack: false, parent: null, holder: null, unit: null },
    ...{ outcome: null, dismissal: null },
    ...change,
  };
}

describe('what the screen offers', () => {
  const steps: Record<AlertAct, AlertStep> = {
    acknowledge: { act: 'acknowledge' },
    assign: { act: 'assign', unit: 'K-1' },
    escalate: { act: 'escalate' },
    resolve: { act: 'resolve', outcome: 'nothing-found' },
    dismiss: { act: 'dismiss', reason: 'no-concern' },
    shelve: { act: 'shelve', minutes: 5 },
    unshelve: { act: 'unshelve' },
  };
  const states = (['raised', 'acknowledged', 'assigned', 'resolved', 'dismissed'] as const).flatMap((state) =>
    [null, 'desk-1', 'desk-2'].flatMap((holder) =>
      [null, '2026-03-01T22:00:00.000Z'].map((time) =>
        alert({ state, holder, shelvedUntil: time, escalatedAt: time }),
      ),
    ),
  );

  it.each(['dispatcher', 'shift-lead'])('a %s is what the server would not refuse', (role) => {
    for (const one of states) {
      const actor = { name: 'desk-1', leads: LEADING_ROLES.includes(role) };
      const wouldBeTaken = ALERT_ACTS.filter((act) => 'alert' in takeStep(one, steps[act], actor, 0));
      // What is on the shelf could be shelved again, for longer: the screen offers to take it down.
      const wanted = wouldBeTaken.filter((act) => act !== 'shelve' || one.shelvedUntil === null);
      // The server tells apart who holds it only once somebody does.
      expect(actsFor(one, { user: 'desk-1', role }).toSorted()).toEqual(wanted.toSorted());
    }
  });

  it('is offered to those whom the server lets', () => {
    const principal = (role: Principal['role']): Principal => ({
      ...{ name: 'x', role, forces: [], cleared: false },
    });
    for (const role of ACCESS_ROLES) {
      expect(HANDLING_ROLES.includes(role)).toBe(permits(principal(role), { act: 'handle-alerts' }));
      expect(LEADING_ROLES.includes(role)).toBe(permits(principal(role), { act: 'lead-alerts' }));
    }
  });
});
