/** Lets a request through only for someone whom the policy permits. */
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../access/authenticate.ts';
import { permits, type Action, type Principal } from '../access/policy.ts';
import type { Database } from '../store/database.ts';
import { Problem } from './problem.ts';

/** Throws `Problem` 401 where nobody is signed in, 403 where the policy says no. */
export async function requirePrincipal(
  request: FastifyRequest,
  database: Database,
  ...actions: Action[]
): Promise<Principal> {
  const principal = await authenticate(request, database);
  if (principal === undefined) throw new Problem(401, 'a session cookie or a bearer token is needed');
  for (const action of actions) {
    if (!permits(principal, action)) throw new Problem(403, `${principal.role} may not ${action.act}`);
  }
  return principal;
}
