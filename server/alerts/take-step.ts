/** What a step makes of an alert: the life from raised to a recorded decision, and nothing else. */
import { isOpen, type Alert } from '../../shared/alert-state.ts';
import type { AlertStep } from '../../shared/alert-step.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';

export interface Actor {
  /** The account's name; `server` where a time set ran out. */
  name: string;
  /** May take over what another holds. */
  leads: boolean;
}

/** `refused` says why the step cannot be taken, to be read by whoever asked for it. */
export type Taken = { alert: Alert } | { refused: string };

/** Throws nothing: a step that does not fit the alert's state is refused. */
export function takeStep(alert: Alert, step: AlertStep, actor: Actor, nowMs: number): Taken {
  if (!isOpen(alert)) return { refused: `the alert is ${alert.state} already` };
  const { holder } = alert;
  const isAnothers = holder !== null && holder !== actor.name && !actor.leads;
  if (isAnothers && step.act !== 'escalate') return { refused: `${holder} has this alert` };
  const at = formatInstant(nowMs);
  const next = (change: Partial<Alert>): Taken => ({
    alert: { ...alert, ...change, version: alert.version + 1, revision: alert.revision + 1, changedAt: at },
  });
  switch (step.act) {
    case 'acknowledge':
      if (alert.state !== 'raised') return { refused: `the alert is ${alert.state} already` };
      return next({ state: 'acknowledged', holder: actor.name, shelvedUntil: null, heldBack: false });
    case 'assign':
      if (alert.state === 'raised') return { refused: 'acknowledge the alert first' };
      return next({ state: 'assigned', unit: step.unit, holder: actor.name, shelvedUntil: null });
    case 'escalate':
      if (alert.escalatedAt !== null) return { refused: 'the alert has been escalated already' };
      return next({ escalatedAt: at, priority: 'high', heldBack: false, shelvedUntil: null });
    case 'resolve':
      if (alert.state === 'raised') return { refused: 'acknowledge the alert first' };
      return next({ state: 'resolved', outcome: step.outcome, shelvedUntil: null, heldBack: false });
    case 'dismiss':
      return next({
        ...{ state: 'dismissed', dismissal: step.reason, holder: holder ?? actor.name },
        ...{ shelvedUntil: null, heldBack: false },
      });
    case 'shelve':
      if (alert.state === 'assigned') return { refused: 'a unit is on its way: the alert cannot be shelved' };
      return next({ shelvedUntil: formatInstant(nowMs + step.minutes * MINUTE_MS) });
    case 'unshelve':
      if (alert.shelvedUntil === null) return { refused: 'the alert is not shelved' };
      return next({ shelvedUntil: null });
  }
}
