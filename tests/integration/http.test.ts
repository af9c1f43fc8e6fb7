/** HTTP as its users meet it: signing in and out, incidents looked up and taken in, health, and errors that say what is wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getResolution } from 'h3-js';
import type { Principal } from '../../server/access/policy.ts';
import { hashPassword } from '../../server/access/secrets.ts';
import { saveAccount } from '../../server/store/account-store.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) });
  const account = { role: 'dispatcher', forces: ['kent'], cleared: false } as const;
  for (const name of ['alex', 'locked-out']) {
    await saveAccount(forewatch.database, {
      ...account,
      name,
      passwordArgon2id: await hashPassword('right'),
    });
  }
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(forewatch.server.url + path, init);
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const signIn = (user: string, password: string): Promise<Response> =>
  call('/api/session', json({ user, password }));
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** Calls with a token of somebody who has these rights. */
async function as(principal: Partial<Principal>, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await forewatch.token(principal)}`);
  return call(path, { ...init, headers });
}

async function problemOf(response: Response): Promise<{ status: number; title: string; detail: string }> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as { type: string; status: number; title: string; detail: string };
  expect(problem).toMatchObject({ type: 'about:blank', status: response.status });
  return problem;
}

describe('signing in', () => {
  it('gives a cookie that is sent over HTTPS alone where a proxy of ours ends HTTPS', async () => {
    expect((await signIn('alex', 'right')).headers.getSetCookie()[0]).not.toMatch(/secure/i);
    const proxied = await call('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ user: 'alex', password: 'right' }),
    });
    expect(proxied.headers.getSetCookie()[0]).toMatch(/; Secure/);
  });

  it('by password gives a cookie that scripts cannot read, until one signs out', async () => {
    const response = await signIn('alex', 'right');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ user: 'alex', role: 'dispatcher', forces: ['kent'] });
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly.*SameSite=Strict/);
    const headers = { cookie: cookieOf(response) };
    expect((await call('/api/feeds', { headers })).status).toBe(200);
    expect(await (await call('/api/session', { headers })).json()).toMatchObject({ user: 'alex' });
    expect((await call('/api/session', { method: 'DELETE', headers })).status).toBe(204);
    expect((await call('/api/feeds', { headers })).status).toBe(401);
  });

  it('by a wall’s token gives a cookie too', async () => {
    const response = await call('/api/session', json({ token: await forewatch.token({ role: 'wall' }) }));
    expect(response.status).toBe(200);
    expect((await call('/api/feeds', { headers: { cookie: cookieOf(response) } })).status).toBe(200);
  });

  it('says the same of an unknown name as of a wrong password', async () => {
    const [wrong, unknown] = await Promise.all([signIn('alex', 'wrong'), signIn('nobody', 'wrong')]);
    expect(wrong.status).toBe(401);
    expect(await problemOf(unknown)).toEqual(await problemOf(wrong));
    expect((await call('/api/session', json({ token: 'unknown' }))).status).toBe(401);
  });

  it('has to wait after repeated wrong passwords, even with the right one, and is told how long', async () => {
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await signIn('locked-out', 'wrong')).status).toBe(401);
    const response = await signIn('locked-out', 'right');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problemOf(response)).detail).toContain('wait');
    expect((await signIn('alex', 'right')).status).toBe(200);
  });

  it.each([
    {},
    { user: 'alex' },
    { user: 'alex', password: 'right', more: 1 },
    { user: 'a\u0000', password: 'x' },
    [],
    'not json',
  ])('is not what this is: %j', async (body) => {
    const response = await call('/api/session', json(body));
    expect(response.status).toBe(400);
    await problemOf(response);
  });
});

describe('without signing in', () => {
  it.each([
    '/api/feeds',
    '/api/incidents?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z',
    '/api/forecasts?force=kent&theme=all&horizonHours=1',
    '/api/hotspots?force=kent&theme=all&horizonHours=1',
    '/api/force-areas',
    '/api/national?theme=all&horizonHours=1',
    '/api/docs',
    '/api/session',
    '/live',
  ])('there is no %s', async (path) => {
    const response = await call(path);
    expect(response.status).toBe(401);
    await problemOf(response);
  });

  it('there is health', async () => {
    expect(await (await call('/api/health/live')).json()).toEqual({ live: true });
    expect((await call('/api/health/ready')).status).toBe(200);
  });
});

interface Collection {
  type: string;
  features: {
    geometry: { coordinates: [number, number] };
    properties: { id: string; cell: string; coarse: boolean; nativeCategory?: string };
  }[];
  cursor?: string;
}

describe('looking incidents up', () => {
  const span = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z';
  /** A home and a shop 300 m apart, in one coarse cell. */
  const home = { lat: 51.2, lon: 0.5 };
  const shop = { lat: 51.2027, lon: 0.5 };

  beforeAll(async () => {
    const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
    const messages = [
      ...Array.from({ length: 25 }, (_, index) =>
        incidentMessage({
          id: `page-${index}`,
          occurredAt: at(Math.floor(index / 10)),
          force: 'kent',
          location: { lat: 52, lon: 1 },
        }),
      ),
      incidentMessage({
        id: 'home',
        occurredAt: at(30),
        force: 'kent',
        location: home,
        category: 'violence',
        markers: ['domestic'],
      }),
      incidentMessage({
        id: 'shop',
        occurredAt: at(31),
        force: 'kent',
        location: shop,
        category: 'shoplifting',
        nativeCategory: 'as named',
        summary: 'words',
      }),
      incidentMessage({ id: 'elsewhere', occurredAt: at(32), force: 'surrey', location: shop }),
      incidentMessage({ id: 'next-day', occurredAt: '2026-03-02T00:00:00Z', force: 'kent' }),
    ];
    for (const message of messages) await forewatch.publish('incidents.v1.police.lookup', message);
    await until(
      async () =>
        (await forewatch.database.query<object>(`select id from incidents where feed = 'lookup'`)).rows
          .length,
      (count) => count === messages.length,
    );
  });

  async function lookUp(principal: Partial<Principal>, query: string): Promise<Collection> {
    const response = await as(principal, `/api/incidents?${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Collection;
  }
  const idsOf = ({ features }: Collection): string[] => features.map(({ properties }) => properties.id);

  it('finds what happened in the span, in one’s own forces, without what only the database keeps', async () => {
    const found = await lookUp({ forces: ['kent'] }, span);
    expect(found.type).toBe('FeatureCollection');
    expect(idsOf(found)).toHaveLength(27);
    expect(idsOf(found).slice(-2)).toEqual(['home', 'shop']);
    expect(JSON.stringify(found)).not.toMatch(/as named|words/);
    expect(idsOf(await lookUp({}, span))).toContain('elsewhere');
    expect(idsOf(await lookUp({}, `${span}&category=shoplifting`))).toEqual(['shop']);
  });

  it('gives page after page, each incident once', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await lookUp(
        { forces: ['kent'] },
        `${span}&limit=7${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      ids.push(...idsOf(page));
      cursor = page.cursor;
      pages++;
    } while (cursor !== undefined);
    expect(pages).toBe(4);
    expect(ids).toHaveLength(27);
    expect(new Set(ids).size).toBe(27);
  });

  it('places incidents as finely as one may see them', async () => {
    const places = async (principal: Partial<Principal>): Promise<unknown> =>
      (await lookUp({ forces: ['kent'], ...principal }, `${span}&bbox=0.4,51.1,0.6,51.3`)).features.map(
        ({ properties, geometry: { coordinates } }) => [
          properties.id,
          getResolution(properties.cell),
          coordinates[1] === home.lat || coordinates[1] === shop.lat,
        ],
      );
    expect(await places({})).toEqual([
      ['home', 7, false],
      ['shop', 9, true],
    ]);
    expect(await places({ cleared: true })).toEqual([
      ['home', 9, true],
      ['shop', 9, true],
    ]);
    expect(await places({ role: 'partner' })).toEqual([
      ['home', 7, false],
      ['shop', 7, false],
    ]);
  });

  it('does not let a small box find out where a home is', async () => {
    const around = ({ lat, lon }: { lat: number; lon: number }): string =>
      `${span}&bbox=${lon - 0.0005},${lat - 0.0005},${lon + 0.0005},${lat + 0.0005}`;
    expect(idsOf(await lookUp({ forces: ['kent'] }, around(home)))).toEqual([]);
    expect(idsOf(await lookUp({ forces: ['kent'], cleared: true }, around(home)))).toEqual(['home']);
    expect(idsOf(await lookUp({ forces: ['kent'] }, around(shop)))).toEqual(['shop']);
    const [shown] = (await lookUp({ forces: ['kent'] }, `${span}&category=violence`)).features;
    const [lon = NaN, lat = NaN] = shown?.geometry.coordinates ?? [];
    expect(idsOf(await lookUp({ forces: ['kent'] }, around({ lat, lon })))).toEqual(['home']);
    expect(idsOf(await lookUp({ forces: ['kent'], role: 'partner' }, around(shop)))).toEqual([]);
  });

  it.each([
    'from=yesterday&to=2026-03-02T00:00:00Z',
    'to=2026-03-02T00:00:00Z',
    `${span}&bbox=1,2,3`,
    `${span}&bbox=3,2,1,4`,
    `${span}&bbox=1..2,2,3,4`,
    `${span}&limit=0`,
    `${span}&limit=many`,
    `${span}&category=murder`,
    `${span}&cursor=nonsense`,
    `${span}&cursor=${Buffer.from('{"occurredAt":"2026-03-01T00:00:00Z","name":"a\\u0000"}').toString('base64url')}`,
  ])('says what is wrong with %s', async (query) => {
    const response = await as({}, `/api/incidents?${query}`);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).detail).not.toBe('');
  });
});

describe('sending incidents in', () => {
  const send = (
    principal: Partial<Principal>,
    message: unknown,
    source = 'agency=council&feed=portal',
  ): Promise<Response> => as(principal, `/api/incidents?${source}`, json(message));

  it('is answered once JetStream has it, and ends as any other', async () => {
    const response = await send({ role: 'admin' }, incidentMessage({ id: 'by-http' }));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ streamSeq: expect.any(Number) as number });
    await until(
      async () =>
        (
          await forewatch.database.query<object>(
            `select id from incidents where id = 'by-http' and agency = 'council'`,
          )
        ).rows,
      (rows) => rows.length === 1,
    );
  });

  it('is for those who may', async () => {
    for (const role of ['wall', 'dispatcher', 'shift-lead', 'analyst', 'partner'] as const) {
      const response = await send({ role }, incidentMessage());
      expect(response.status).toBe(403);
      await problemOf(response);
    }
    expect((await call('/api/incidents?agency=council&feed=portal', json(incidentMessage()))).status).toBe(
      401,
    );
  });

  it('is told the path of what is wrong, and nothing goes in', async () => {
    const response = await send({ role: 'admin' }, { ...incidentMessage({ id: 'refused' }), suspect: 'x' });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).detail).toBe('/suspect: unknown field');
    expect((await send({ role: 'admin' }, incidentMessage(), 'agency=press&feed=portal')).status).toBe(400);
    expect((await send({ role: 'admin' }, incidentMessage(), 'agency=council&feed=a.b')).status).toBe(400);
    expect((await send({ role: 'admin' }, 'not json')).status).toBe(400);
  });
});

describe('what is not there', () => {
  it('is a problem, too: pages, hotspots and forecasts', async () => {
    expect((await problemOf(await call('/nowhere'))).status).toBe(404);
    expect((await problemOf(await call('/api/feeds', { method: 'PATCH' }))).status).toBe(404);
    for (const resource of ['forecasts', 'hotspots']) {
      const key = 'theme=all&horizonHours=8';
      expect((await problemOf(await as({}, `/api/${resource}?force=kent&${key}`))).status).toBe(404);
      expect(
        (await problemOf(await as({ forces: ['surrey'] }, `/api/${resource}?force=kent&${key}`))).status,
      ).toBe(403);
      expect(
        (await problemOf(await as({}, `/api/${resource}?force=kent&theme=all&horizonHours=2`))).status,
      ).toBe(400);
    }
  });

  it('is a body of more than a megabyte', async () => {
    const response = await as(
      { role: 'admin' },
      '/api/incidents?agency=council&feed=portal',
      json({ summary: 'x'.repeat(1_000_001) }),
    );
    expect((await problemOf(response)).status).toBe(413);
  });
});

describe('the description of the interface', () => {
  it('names every route', async () => {
    const description = (await (await as({}, '/api/docs')).json()) as { openapi: string; paths: object };
    expect(description.openapi).toMatch(/^3\./);
    for (const path of [
      '/api/session',
      '/api/incidents',
      '/api/forecasts',
      '/api/hotspots',
      '/api/feeds',
      '/api/health/ready',
    ]) {
      expect(Object.keys(description.paths)).toContain(path);
    }
  });
});

describe('the account of every feed', () => {
  it('is what was stored and rejected, with the last reason', async () => {
    const now = new Date().toISOString();
    await forewatch.publish('incidents.v1.health.account', incidentMessage({ occurredAt: now }));
    await forewatch.publish('incidents.v1.health.account', { ...incidentMessage(), severity: 9 });
    const feed = await until(
      async () => {
        const { feeds } = (await (await as({}, '/api/feeds')).json()) as {
          feeds: { feed: string; rejected: number }[];
        };
        return feeds.find((found) => found.feed === 'account');
      },
      (found) => found?.rejected === 1,
    );
    expect(feed).toMatchObject({
      agency: 'health',
      condition: 'live',
      stored: 1,
      duplicates: 0,
      lastRejection: { path: '/severity' },
    });
  });
});

describe('while NATS is away', () => {
  it('health says so and why, incidents are not taken, and both mend by themselves', async () => {
    await forewatch.nats.stop();
    const down = await until(
      () => call('/api/health/ready'),
      ({ status }) => status === 503,
    );
    const { ready, stages } = (await down.json()) as {
      ready: boolean;
      stages: { stage: string; ok: boolean; problem: string }[];
    };
    expect(ready).toBe(false);
    expect(stages.find(({ stage }) => stage === 'nats')?.problem).not.toBe('');
    expect((await call('/api/health/live')).status).toBe(200);
    const source = '/api/incidents?agency=council&feed=portal';
    const refused = await as({ role: 'admin' }, source, json(incidentMessage()));
    expect((await problemOf(refused)).status).toBe(503);
    await forewatch.nats.start();
    await until(
      () => call('/api/health/ready'),
      ({ status }) => status === 200,
    );
    expect((await as({ role: 'admin' }, source, json(incidentMessage()))).status).toBe(202);
  });
});
