/** The open alerts as people work through them: the most urgent first, those that touch under the one they are handled with. */
import { ALERT_PRIORITIES } from '../../shared/alert.ts';
import type { Alert } from '../../shared/alert-state.ts';

/** `called`: all that people have been told of and have not put off. */
export const ALERT_FILTERS = [
  'called',
  'raised',
  'acknowledged',
  'assigned',
  'shelved',
  'held-back',
] as const;
export type AlertFilter = (typeof ALERT_FILTERS)[number];

/** An alert with those that are handled with it. */
export interface AlertGroup {
  alert: Alert;
  children: Alert[];
}

/** Within a priority what nobody has taken comes first, and of that what has waited longest. */
const STATES = ['raised', 'acknowledged', 'assigned', 'resolved', 'dismissed'] as const;

export function groupAlerts(alerts: readonly Alert[]): AlertGroup[] {
  const ids = new Set(alerts.map(({ id }) => id));
  // One whose parent this reader does not see stands for itself.
  const parentOf = ({ parent }: Alert): string | null => (parent !== null && ids.has(parent) ? parent : null);
  const sorted = alerts.toSorted(byUrgency);
  return sorted
    .filter((alert) => parentOf(alert) === null)
    .map((alert) => ({ alert, children: sorted.filter((other) => parentOf(other) === alert.id) }));
}

export function passesFilter(filter: AlertFilter, { state, shelvedUntil, heldBack }: Alert): boolean {
  if (filter === 'shelved') return shelvedUntil !== null;
  if (filter === 'held-back') return heldBack;
  if (shelvedUntil !== null || heldBack) return false;
  return filter === 'called' || filter === state;
}

/** How many groups each filter shows. */
export function countGroups(groups: readonly AlertGroup[]): Record<AlertFilter, number> {
  const count = (filter: AlertFilter): number =>
    groups.filter(({ alert }) => passesFilter(filter, alert)).length;
  return {
    called: count('called'),
    raised: count('raised'),
    acknowledged: count('acknowledged'),
    assigned: count('assigned'),
    shelved: count('shelved'),
    'held-back': count('held-back'),
  };
}

/** The most urgent that nobody has taken. */
export function nextToTake(groups: readonly AlertGroup[]): Alert | undefined {
  return groups.find(({ alert }) => passesFilter('raised', alert))?.alert;
}

export function byUrgency(one: Alert, other: Alert): number {
  return (
    Number(isPutOff(one)) - Number(isPutOff(other)) ||
    ALERT_PRIORITIES.indexOf(one.priority) - ALERT_PRIORITIES.indexOf(other.priority) ||
    STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
    Number(other.escalatedAt !== null) - Number(one.escalatedAt !== null) ||
    Number(one.raisedAt > other.raisedAt) - Number(one.raisedAt < other.raisedAt)
  );
}

function isPutOff({ shelvedUntil, heldBack }: Alert): boolean {
  return shelvedUntil !== null || heldBack;
}
