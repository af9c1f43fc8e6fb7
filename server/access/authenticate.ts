/** Finds out who asks: by the session cookie, or by a bearer token. */
import type { FastifyRequest } from 'fastify';
import type { Database } from '../store/database.ts';
import { selectBySession, selectByToken } from '../store/account-store.ts';
import type { Principal } from './policy.ts';
import { sha256 } from './secrets.ts';

export const SESSION_COOKIE = 'forewatch_session';

/** `undefined` where the request names nobody, or somebody unknown. */
export async function authenticate(
  request: FastifyRequest,
  database: Database,
): Promise<Principal | undefined> {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return selectByToken(database, sha256(bearer));
  const session = request.cookies[SESSION_COOKIE];
  return session === undefined || session === '' ? undefined : selectBySession(database, sha256(session));
}
