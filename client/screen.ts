/** Which screen to show: one of these, never two. */
import type { Session, SessionResult } from './connection/session.ts';

export type Screen =
  | { kind: 'starting' }
  | { kind: 'unreachable' }
  | { kind: 'sign-in'; notice: 'none' | 'needs-token' }
  | { kind: 'room'; view: 'wall' | 'desk'; session: Session };

/** The screen that follows from what the server said of the session. */
export function screenFor(result: SessionResult, view: 'wall' | 'desk'): Screen {
  switch (result.kind) {
    case 'signed-in':
      return { kind: 'room', view, session: result.session };
    case 'unreachable':
      return { kind: 'unreachable' };
    case 'refused':
      return { kind: 'sign-in', notice: view === 'wall' ? 'needs-token' : 'none' };
  }
}

/** Which of the two a path shows: `/wall` the wall, all else the desk. */
export function viewAt(path: string): 'wall' | 'desk' {
  return path.startsWith('/wall') ? 'wall' : 'desk';
}

/** A partner begins with its actions; the map is one step away, by an address that says what it shows. */
export function isPartnerPage(
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  { role }: Pick<Session, 'role'>,
): boolean {
  return pathname.startsWith('/partner') || (role === 'partner' && pathname === '/' && !asksForMap(search));
}

/** Language and look are no choice of what is shown. */
function asksForMap(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some((key) => key !== 'lang' && key !== 'look');
}
