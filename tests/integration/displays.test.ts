/** The named displays of a real server: who may read and change them, and what is refused in which words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type AccessRole } from '../../server/access/policy.ts';
import type { NamedDisplay } from '../../shared/display.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

let forewatch: RealForewatch;
const tokens = new Map<AccessRole, string>();

beforeAll(async () => {
  forewatch = await realForewatch();
  for (const role of ACCESS_ROLES) tokens.set(role, await forewatch.token({ role }));
});
afterAll(() => forewatch.dispose());

async function ask(role: AccessRole | null, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${forewatch.server.url}/api/displays${path}`, {
    method,
    headers: {
      ...(role !== null && { authorization: `Bearer ${tokens.get(role) ?? ''}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const detailOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { detail: string }).detail;

describe('a named display', () => {
  it('is made, changed and removed, and its version rises with each change', async () => {
    const views = [{ role: 'force' }, { role: 'area', area: '51.5,-0.12,1500', name: 'Harbour' }];
    const made = (await (await ask('shift-lead', 'PUT', '/east', { views })).json()) as NamedDisplay;
    expect(made).toMatchObject({ name: 'east', version: 1, display: { views } });
    await ask('admin', 'PUT', '/east', { views: [{ role: 'alerts' }], everySeconds: 10 });
    const read = (await (await ask('wall', 'GET', '/east')).json()) as NamedDisplay;
    expect(read).toMatchObject({ version: 2, display: { views: [{ role: 'alerts' }], everySeconds: 10 } });
    const { displays } = (await (await ask('wall', 'GET', '')).json()) as { displays: NamedDisplay[] };
    expect(displays).toContainEqual(read);
    expect((await ask('shift-lead', 'DELETE', '/east')).status).toBe(204);
    const gone = await ask('wall', 'GET', '/east');
    expect([gone.status, await detailOf(gone)]).toEqual([404, 'there is no display named east']);
    expect((await ask('admin', 'DELETE', '/east')).status).toBe(404);
  });

  it.each(ACCESS_ROLES)('is read by every role: %s', async (role) => {
    expect((await ask(role, 'GET', '')).status).toBe(200);
    expect((await ask(role, 'GET', '/nowhere')).status).toBe(404);
  });

  it.each(ACCESS_ROLES)('is changed by shift leads and administrators alone: %s', async (role) => {
    const isAllowed = role === 'shift-lead' || role === 'admin';
    const display = { views: [{ role: 'force' }] };
    expect((await ask(role, 'PUT', `/of-${role}`, display)).status).toBe(isAllowed ? 200 : 403);
    expect((await ask(role, 'DELETE', `/of-${role}`)).status).toBe(isAllowed ? 204 : 403);
  });

  it('is shown to nobody without a session', async () => {
    expect((await ask(null, 'GET', '')).status).toBe(401);
    expect((await ask(null, 'GET', '/nowhere')).status).toBe(401);
    expect((await ask(null, 'PUT', '/nowhere', { views: [{ role: 'force' }] })).status).toBe(401);
    expect((await ask(null, 'DELETE', '/nowhere')).status).toBe(401);
  });

  it.each([
    ['no view', { views: [] }, /views/],
    ['too many views', { views: Array(13).fill({ role: 'force' }) }, /views/],
    ['an unknown role', { views: [{ role: 'map' }] }, /views\/0\/role/],
    ['an unknown field', { views: [{ role: 'force' }], colour: 'red' }, /additional/i],
    ['a hasty pace', { views: [{ role: 'force' }], everySeconds: 4 }, /everySeconds.*5/],
    ['an unknown theme', { views: [{ role: 'force' }], theme: 'piracy' }, /theme/],
    ['an unknown force', { views: [{ role: 'force', force: 'atlantis' }] }, /views\/0\/force/],
    ['an area view without an area', { views: [{ role: 'area' }] }, /views\/0: an area view needs an area/],
    ['an unknown area', { views: [{ role: 'force' }, { role: 'area', area: 'x' }] }, /views\/1: the area/],
    ['a vast circle', { views: [{ role: 'area', area: '51,0,200000' }] }, /100 to 100000 metres/],
    ['a name elsewhere', { views: [{ role: 'alerts', name: 'x' }] }, /only an area view/],
    ['a force elsewhere', { views: [{ role: 'national', force: 'kent' }] }, /only force and scorecard/],
  ])('with %s is refused, and told why', async (_, display, words) => {
    const answer = await ask('admin', 'PUT', '/wrong', display);
    expect(answer.status).toBe(400);
    expect(await detailOf(answer)).toMatch(words);
    expect((await ask('admin', 'GET', '/wrong')).status).toBe(404);
  });

  it.each(['Upper', 'two words', '-dash', 'ü'])('is not named %j', async (name) => {
    const answer = await ask('admin', 'PUT', `/${encodeURIComponent(name)}`, { views: [{ role: 'force' }] });
    expect(answer.status).toBe(400);
  });
});
