/** Which alerts call somebody: those that nobody has taken, put off or held back. Each calls once, and again when it is passed on or comes back. */
import type { Alert } from '../../shared/alert-state.ts';

/** By alert, since when it calls: it calls anew where that changes. */
export type Calling = ReadonlyMap<string, string>;

export function callingNow(alerts: readonly Alert[]): Calling {
  return new Map(alerts.filter(calls).map(({ id, escalatedAt }) => [id, escalatedAt ?? '']));
}

/** Those that call and did not before, in the order given. */
export function newCalls(before: Calling, alerts: readonly Alert[]): Alert[] {
  return alerts.filter((alert) => calls(alert) && before.get(alert.id) !== (alert.escalatedAt ?? ''));
}

function calls({ state, parent, heldBack, shelvedUntil }: Alert): boolean {
  return state === 'raised' && parent === null && !heldBack && shelvedUntil === null;
}
