/** Which steps the screen offers with an alert: those that the server would not refuse as things stand. */
import { isOpen, type Alert } from '../../shared/alert-state.ts';
import type { AlertAct } from '../../shared/alert-step.ts';

/** Roles that the server lets take steps (server/access/policy.ts; a test holds them together). */
export const HANDLING_ROLES: readonly string[] = ['dispatcher', 'shift-lead', 'admin'];
/** Those that may take over what another holds. */
export const LEADING_ROLES: readonly string[] = ['shift-lead', 'admin'];

export interface Reader {
  user: string;
  role: string;
}

/** In the order in which they are offered. */
export function actsFor(alert: Alert, { user, role }: Reader): AlertAct[] {
  if (!HANDLING_ROLES.includes(role) || !isOpen(alert)) return [];
  const { state, holder, escalatedAt, shelvedUntil } = alert;
  const escalate: AlertAct[] = escalatedAt === null ? ['escalate'] : [];
  if (holder !== null && holder !== user && !LEADING_ROLES.includes(role)) return escalate;
  const isTaken = state !== 'raised';
  const shelve: AlertAct[] = state === 'assigned' ? [] : ['shelve'];
  return [
    ...(isTaken ? (['assign', 'resolve'] as const) : (['acknowledge'] as const)),
    ...escalate,
    'dismiss',
    ...(shelvedUntil === null ? shelve : (['unshelve'] as const)),
  ];
}
