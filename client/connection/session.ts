/** Signing in and out, and who is signed in. */
import type { Force } from '../../shared/force.ts';

export interface Session {
  user: string;
  role: string;
  forces: Force[];
}

export type Credentials = { token: string } | { user: string; password: string };

/** `unreachable`: no answer; `refused`: an answer, with the reason the server gave, if any. */
export type SessionResult =
  | { kind: 'signed-in'; session: Session }
  | { kind: 'refused'; status: number; reason: string | null }
  | { kind: 'unreachable' };

const TIMEOUT_MS = 4_000;

export function readSession(): Promise<SessionResult> {
  return ask('GET');
}

export async function signIn(credentials: Credentials): Promise<SessionResult> {
  const answer = await ask('POST', credentials);
  // The cookie counts, not the answer's body.
  return answer.kind === 'signed-in' ? ask('GET') : answer;
}

export function signOut(): Promise<SessionResult> {
  return ask('DELETE');
}

async function ask(method: string, body?: Credentials): Promise<SessionResult> {
  let response: Response;
  let content: unknown;
  try {
    response = await fetch('/api/session', {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    content = await contentOf(response);
  } catch {
    return { kind: 'unreachable' };
  }
  if (response.status >= 500) return { kind: 'unreachable' };
  if (!response.ok) return { kind: 'refused', status: response.status, reason: reasonIn(content) };
  return { kind: 'signed-in', session: sessionIn(content) };
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
}

/** RFC 9457: `detail` says what happened this time, `title` what kind of thing it is. */
function reasonIn(content: unknown): string | null {
  if (typeof content !== 'object' || content === null) return null;
  const { detail, title } = content as { detail?: unknown; title?: unknown };
  return typeof detail === 'string' ? detail : typeof title === 'string' ? title : null;
}

function sessionIn(content: unknown): Session {
  const { user, role, forces } = (content ?? {}) as Partial<Session>;
  return { user: user ?? '', role: role ?? '', forces: forces ?? [] };
}
