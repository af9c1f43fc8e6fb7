/** Signing in and out: a password or a wall's token becomes a cookie. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { SESSION_COOKIE } from '../access/authenticate.ts';
import type { Principal } from '../access/policy.ts';
import { isPassword, newToken, sha256 } from '../access/secrets.ts';
import { SignInLimit } from '../access/sign-in-limit.ts';
import { deleteSession, saveSession, selectAccount, selectByToken } from '../store/account-store.ts';
import type { Services } from '../services.ts';
import { Problem } from './problem.ts';
import { requirePrincipal } from './require-principal.ts';

/** A shift and its handover; a wall's screen stays on for weeks. */
const SESSION_HOURS = 12;
const WALL_SESSION_HOURS = 24 * 365;

const Credentials = Type.Union([
  Type.Object(
    // PostgreSQL's text cannot hold the character NUL.
    {
      user: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' }),
      password: Type.String({ maxLength: 1_000 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ token: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
]);

const SignedIn = Type.Object({
  user: Type.String(),
  role: Type.String(),
  forces: Type.Array(Type.String()),
});

export const sessionRoutes: FastifyPluginAsyncTypebox<Services> = (app, { database }) => {
  const limit = new SignInLimit();

  app.post(
    '/api/session',
    { schema: { body: Credentials, response: { 200: SignedIn } } },
    async (request, reply) => {
      const { body } = request;
      const principal =
        'token' in body ? await byToken(body.token) : await byPassword(body.user, body.password);
      const session = newToken();
      const hours = principal.role === 'wall' ? WALL_SESSION_HOURS : SESSION_HOURS;
      await saveSession(database, sha256(session), principal, hours);
      reply.setCookie(SESSION_COOKIE, session, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
        maxAge: hours * 3_600,
      });
      return signedIn(principal);
    },
  );

  app.get('/api/session', { schema: { response: { 200: SignedIn } } }, async (request) =>
    signedIn(await requirePrincipal(request, database)),
  );

  app.delete('/api/session', async (request, reply) => {
    const session = request.cookies[SESSION_COOKIE];
    if (session !== undefined) await deleteSession(database, sha256(session));
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).status(204).send();
  });

  async function byToken(token: string): Promise<Principal> {
    const principal = await selectByToken(database, sha256(token));
    if (principal === undefined) throw new Problem(401, 'this token is not known');
    return principal;
  }

  async function byPassword(user: string, password: string): Promise<Principal> {
    const waitSeconds = limit.waitSeconds(user);
    if (waitSeconds > 0)
      throw new Problem(429, `too many wrong passwords: wait ${waitSeconds} s`, waitSeconds);
    const account = await selectAccount(database, user);
    if (!(await isPassword(password, account?.passwordArgon2id)) || account === undefined) {
      limit.failed(user);
      throw new Problem(401, 'the name or the password is wrong');
    }
    limit.succeeded(user);
    return account;
  }

  return Promise.resolve();
};

function signedIn({ name, role, forces }: Principal): { user: string; role: string; forces: string[] } {
  return { user: name, role, forces: [...forces] };
}
