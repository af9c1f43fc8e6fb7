/** Which screen to show: one of these, never two. */
import type { Session, SessionResult } from './connection/session.ts';
import type { ViewCode } from './views/view-code.ts';

export type Screen =
  | { kind: 'starting' }
  | { kind: 'unreachable' }
  | { kind: 'sign-in'; notice: 'none' | 'needs-token' }
  | { kind: 'view'; code: ViewCode; session: Session };

/** The screen of whoever is not signed in. */
export function screenFor(
  { kind }: Exclude<SessionResult, { kind: 'signed-in' }>,
  view: 'wall' | 'desk',
): Screen {
  if (kind === 'unreachable') return { kind };
  return { kind: 'sign-in', notice: view === 'wall' ? 'needs-token' : 'none' };
}

/** Which of the two a path shows: `/wall` the wall, all else the desk. */
export function viewAt(path: string): 'wall' | 'desk' {
  return path.startsWith('/wall') ? 'wall' : 'desk';
}

/** What is shown to whoever is signed in. */
export function viewFor(
  place: Pick<Location, 'pathname' | 'search'>,
  session: Pick<Session, 'role'>,
): ViewCode['name'] {
  if (place.pathname.startsWith('/handover')) return 'handover';
  return isPartnerPage(place, session) ? 'partner' : viewAt(place.pathname);
}

/** A partner begins with its actions; the map is one step away, by an address that says what it shows. */
function isPartnerPage(
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  { role }: Pick<Session, 'role'>,
): boolean {
  return pathname.startsWith('/partner') || (role === 'partner' && pathname === '/' && !asksForMap(search));
}

/** Language and look are no choice of what is shown. */
function asksForMap(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some((key) => key !== 'lang' && key !== 'look');
}
