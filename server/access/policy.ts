/** Who may see and do what: the one policy that every route, frame and export asks. */
import { isSensitive, type Category, type Marker } from '../../shared/category.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';

export const ACCESS_ROLES = ['wall', 'dispatcher', 'shift-lead', 'analyst', 'partner', 'admin'] as const;
export type AccessRole = (typeof ACCESS_ROLES)[number];

/** Someone signed in, or the bearer of a token. */
export interface Principal {
  name: string;
  role: AccessRole;
  /** Empty: every force. */
  forces: readonly Force[];
  /** May see domestic and sexual incidents, and the theme `vawg`, in fine cells. */
  cleared: boolean;
  /** Of a partner, whose actions these accounts see and report on; without, the account's own name. */
  organisation?: string;
}

/** Which organisation a partner's account speaks for. */
export function organisationOf({ name, organisation }: Principal): string {
  return organisation ?? name;
}

export type Action =
  | { act: 'read-live' }
  | { act: 'read-feeds' }
  | { act: 'read-force'; force: Force }
  | { act: 'read-alerts' }
  | { act: 'handle-alerts' }
  | { act: 'lead-alerts' }
  | { act: 'read-alert-rules' }
  | { act: 'change-alert-rules' }
  | { act: 'manage-webhooks' }
  | { act: 'read-scorecard' }
  | { act: 'read-taskings' }
  | { act: 'task-units' }
  | { act: 'draw-hold-out' }
  | { act: 'read-actions' }
  | { act: 'give-actions' }
  | { act: 'report-actions' }
  | { act: 'see-action'; action: { owner: string } }
  | { act: 'read-handover' }
  | { act: 'write-handover' }
  | { act: 'reinstate-forecast' }
  | { act: 'read-displays' }
  | { act: 'change-displays' }
  | { act: 'publish-incidents' }
  | { act: 'read-summary' }
  | { act: 'place-incident-finely'; incident: { category: Category; markers: readonly Marker[] } }
  | { act: 'place-theme-finely'; theme: Theme };

const READERS: readonly AccessRole[] = ['wall', 'dispatcher', 'shift-lead', 'analyst', 'partner', 'admin'];

/** Who takes steps with alerts. */
export const HANDLERS: readonly AccessRole[] = ['dispatcher', 'shift-lead', 'admin'];

/** Whether the policy lets the principal do this. Nothing is permitted that is not named here. */
export function permits(principal: Principal, action: Action): boolean {
  switch (action.act) {
    case 'read-alerts':
    case 'read-taskings':
      return principal.role !== 'partner';
    case 'read-handover':
      return principal.role === 'analyst' || HANDLERS.includes(principal.role);
    case 'write-handover':
    case 'handle-alerts':
    case 'task-units':
    case 'give-actions':
    case 'read-alert-rules':
      return HANDLERS.includes(principal.role);
    case 'lead-alerts':
    case 'draw-hold-out':
      return principal.role === 'shift-lead' || principal.role === 'admin';
    case 'read-live':
    case 'read-feeds':
    case 'read-scorecard':
    case 'read-actions':
    case 'read-displays':
      return READERS.includes(principal.role);
    case 'report-actions':
      return principal.role === 'partner' || HANDLERS.includes(principal.role);
    case 'see-action':
      return principal.role !== 'partner' || organisationOf(principal) === action.action.owner;
    case 'read-force':
      return principal.forces.length === 0 || principal.forces.includes(action.force);
    case 'change-alert-rules':
    case 'manage-webhooks':
    case 'reinstate-forecast':
    case 'publish-incidents':
      return principal.role === 'admin';
    case 'read-summary':
      return principal.role === 'dispatcher';
    case 'change-displays':
      return principal.role === 'admin' || principal.role === 'shift-lead';
    case 'place-incident-finely':
      return placesFinely(principal) && (principal.cleared || !isSensitive(action.incident));
    case 'place-theme-finely':
      return placesFinely(principal) && (principal.cleared || action.theme !== 'vawg');
  }
}

/** Partners see the coarse view of everything. */
function placesFinely({ role }: Principal): boolean {
  return role !== 'partner';
}

/** The forces among `wanted` (empty: all) that the principal may see, each once. */
export function visibleForces(principal: Principal, wanted: readonly Force[] = []): Force[] {
  const asked = wanted.length === 0 ? FORCES_AND_UNASSIGNED : [...new Set(wanted)];
  return asked.filter((force) => permits(principal, { act: 'read-force', force }));
}

/** Names everything the policy lets a principal see: those with equal views can be sent equal frames. */
export function viewOf(principal: Principal): 'cleared' | 'guarded' | 'coarse' {
  if (!placesFinely(principal)) return 'coarse';
  return principal.cleared ? 'cleared' : 'guarded';
}
