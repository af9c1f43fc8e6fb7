/** Alerts to other programs on a real server: as CAP by URL, and by webhook: signed, in order, and not lost in a restart. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import { handleAlert } from '../../server/alerts/handle-alert.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { claimDeliveries, settleDelivery, type WebhookAccount } from '../../server/store/webhook-store.ts';
import { MOST_ATTEMPTS } from '../../server/webhooks/webhook-sender.ts';
import { coarseCell } from '../../shared/cell.ts';
import { capFaults } from '../support/cap-schema.ts';
import { incidentMessage } from '../support/incidents.ts';
import { finding, found, placeOf } from '../support/findings.ts';
import { parsedXml, textsOf, type ParsedElement } from '../support/parsed-xml.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';
import { isSigned, webhookReceiver, type Got, type Receiver } from '../support/webhook-receiver.ts';

const SECRET = 'a secret of sixteen or more';

let forewatch: RealForewatch | undefined;
let receiver: Receiver | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  await receiver?.close();
  forewatch = receiver = undefined;
});

async function start(change: Parameters<typeof realForewatch>[0] = {}): Promise<[RealForewatch, Receiver]> {
  const hears = (receiver = await webhookReceiver());
  const own = (forewatch = await realForewatch({
    ...{ roles: new Set(['gateway', 'forecast']), webhookAllow: ['127.0.0.1'], capSender: 'kent.example' },
    ...change,
  }));
  return [own, hears];
}

type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;

async function asking(own: RealForewatch, who: Partial<Principal>): Promise<Ask> {
  const token = await own.token(who);
  return async (method, path, body) => {
    const answer = await fetch(`${own.server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text };
  };
}

const NOW_MS = Date.now();
const DISPATCHER = { name: 'desk-1', role: 'dispatcher', leads: false };

async function take(
  own: RealForewatch,
  id: string,
  step: Parameters<typeof handleAlert>[1]['step'],
): Promise<void> {
  const asked = { id, step, actor: DISPATCHER, expectedVersion: null, nowMs: NOW_MS + 2_000 };
  expect(await handleAlert(own.database, asked, () => true)).toHaveProperty('alert');
}

const identifierOf = ({ body }: Pick<Got, 'body'>): string => textsOf(parsedXml(body), 'identifier')[0] ?? '';
const cellsIn = (root: ParsedElement): string[] => {
  const areas = root.children.flatMap(({ children }) => children.filter(({ name }) => name === 'area'));
  const codes = areas.flatMap(({ children }) => children.filter(({ name }) => name === 'geocode'));
  return [...new Set(codes.flatMap((code) => textsOf(code, 'value')))];
};

async function accountOf(ask: Ask): Promise<WebhookAccount> {
  const { webhooks } = (await ask('GET', '/api/webhooks')).body as { webhooks: WebhookAccount[] };
  const [account] = webhooks;
  if (account === undefined) throw new Error('there is no webhook');
  return account;
}

async function register(ask: Ask, hears: Receiver, change: object = {}): Promise<number> {
  const body = { force: 'kent', url: `${hears.url}/alerts`, secret: SECRET, ...change };
  const answer = await ask('POST', '/api/webhooks', body);
  expect(answer.status).toBe(201);
  return (answer.body as { id: number }).id;
}

describe('a webhook', () => {
  it('is told of each change in order, again where it failed, and in spite of a restart', async () => {
    const [own, hears] = await start();
    const ask = await asking(own, { role: 'admin' });
    await register(ask, hears);
    let failures = 2;
    hears.answer = () => (failures-- > 0 ? 500 : 204);
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    await take(own, id, { act: 'acknowledge' });
    await until(
      () => hears.got,
      (got) => got.length >= 1,
    );
    // What waits is kept where the server is not.
    hears.answer = () => 503;
    await own.server.stop();
    await take(own, id, { act: 'resolve', outcome: 'reassured' });
    await raiseAlert(own.database, found(9, { force: 'essex' }), NOW_MS);
    hears.answer = ({ body }) => (failures-- > 0 && body.includes('-1<') ? 500 : 204);
    failures = 1;
    await own.restart();
    const whole = await until(
      () => hears.got,
      (got) => got.some((one) => identifierOf(one) === `forewatch-alert-${id}-3`),
    );
    const order = whole.map(identifierOf);
    expect(order.slice(-3)).toEqual([1, 2, 3].map((revision) => `forewatch-alert-${id}-${revision}`));
    expect(new Set(order.slice(0, -2))).toEqual(new Set([`forewatch-alert-${id}-1`]));
    for (const got of whole) {
      expect(got.path).toBe('/alerts');
      expect(got.headers['content-type']).toBe('application/cap+xml; charset=utf-8');
      expect(isSigned(got, SECRET, Date.now())).toBe(true);
      expect(isSigned(got, 'another secret', Date.now())).toBe(false);
      expect(isSigned({ ...got, body: got.body.replace('kent', 'essex') }, SECRET, Date.now())).toBe(false);
      expect(isSigned(got, SECRET, Date.now() + 301_000)).toBe(false);
      expect(capFaults(parsedXml(got.body))).toEqual([]);
    }
    // Attempts at one delivery have one name, so that a receiver can tell what it has had.
    const names = whole.map(({ headers, body }) =>
      [identifierOf({ body }), headers['forewatch-delivery']].join(' '),
    );
    expect(new Set(names).size).toBe(3);
    const types = whole.slice(-3).map(({ body }) => textsOf(parsedXml(body), 'msgType')[0]);
    expect(types).toEqual(['Alert', 'Update', 'Cancel']);
    const account = await until(
      () => accountOf(ask),
      ({ delivered }) => delivered === 3,
    );
    expect(account).toMatchObject({ waiting: 0, dead: 0, failing: null, givenUp: [] });
  });

  it('that is given up says why, and what follows is tried all the same', async () => {
    const [own, hears] = await start({ roles: new Set(['gateway']) });
    const ask = await asking(own, { role: 'admin' });
    const webhook = await register(ask, hears);
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    await take(own, id, { act: 'acknowledge' });
    const claim = (): ReturnType<typeof claimDeliveries> =>
      claimDeliveries(own.database, { most: 10, busy: [], leaseMs: 60_000 });
    const [first, ...more] = await claim();
    expect([first?.attempts, first?.told.alert.revision, more]).toEqual([1, 1, []]);
    // While it is under way none of the same alert is begun, by whomever.
    expect(await claim()).toEqual([]);
    await settleDelivery(own.database, first?.id ?? 0, { reason: 'answered 500', retryMs: 60_000 });
    expect(await claim()).toEqual([]);
    expect((await accountOf(ask)).failing).toMatchObject({ alert: id, attempts: 1, reason: 'answered 500' });
    await own.database.query('update webhook_deliveries set attempts = $1', [MOST_ATTEMPTS]);
    await settleDelivery(own.database, first?.id ?? 0, { reason: 'answered 500', dead: true });
    const account = await accountOf(ask);
    expect(account).toMatchObject({ waiting: 1, dead: 1, delivered: 0, failing: null });
    expect(account.givenUp).toEqual([
      expect.objectContaining({ alert: id, revision: 1, attempts: MOST_ATTEMPTS, reason: 'answered 500' }),
    ]);
    expect((await claim()).map(({ told }) => told.alert.revision)).toEqual([2]);
    expect((await ask('DELETE', `/api/webhooks/${webhook}`)).status).toBe(204);
    const { rows } = await own.database.query('select id from webhook_deliveries');
    expect(rows).toEqual([]);
  });

  it('can be tried, follows no redirect, and calls no private network that is not named', async () => {
    const [own, hears] = await start({ roles: new Set(['gateway']) });
    const ask = await asking(own, { role: 'admin' });
    const id = await register(ask, hears);
    const attempt = async (): Promise<unknown> => (await ask('POST', `/api/webhooks/${id}/test`)).body;
    expect(await attempt()).toEqual({ delivered: true, reason: null });
    const [got] = hears.got;
    if (got === undefined) throw new Error('nothing came');
    const root = parsedXml(got.body);
    expect([capFaults(root), textsOf(root, 'status')]).toEqual([[], ['Test']]);
    expect(isSigned(got, SECRET, Date.now())).toBe(true);
    hears.answer = () => ({ redirect: `${hears.url}/elsewhere` });
    expect(await attempt()).toEqual({ delivered: false, reason: 'answered 302: redirects are not followed' });
    expect(hears.got.map(({ path }) => path)).toEqual(['/alerts', '/alerts']);
    await own.database.query(`update webhooks set url = replace(url, '127.0.0.1', 'localhost')`);
    // The name is not named, but it leads to what is.
    hears.answer = () => 204;
    expect(await attempt()).toEqual({ delivered: true, reason: null });
    await own.restart({ webhookAllow: [] });
    const again = await asking(own, { role: 'admin' });
    expect((await again('POST', `/api/webhooks/${id}/test`)).body).toEqual({
      ...{
        delivered: false,
        reason: 'its address leads into a private network: WEBHOOK_ALLOW does not name it',
      },
    });
    expect(hears.got).toHaveLength(3);
  });

  it('is managed by administrators of its force alone, and never shows its secret again', async () => {
    const [own, hears] = await start({ roles: new Set(['gateway']) });
    const ask = await asking(own, { role: 'admin' });
    const id = await register(ask, hears);
    const body = { force: 'kent', url: `${hears.url}/x` };
    for (const role of ['wall', 'dispatcher', 'shift-lead', 'analyst', 'partner'] as const) {
      const other = await asking(own, { role });
      expect((await other('GET', '/api/webhooks')).status).toBe(403);
      expect((await other('POST', '/api/webhooks', body)).status).toBe(403);
      expect((await other('POST', `/api/webhooks/${id}/test`)).status).toBe(403);
      expect((await other('DELETE', `/api/webhooks/${id}`)).status).toBe(403);
    }
    const essex = await asking(own, { role: 'admin', forces: ['essex'] });
    expect((await essex('GET', '/api/webhooks')).body).toEqual({ webhooks: [] });
    expect((await essex('POST', '/api/webhooks', body)).status).toBe(403);
    expect((await essex('DELETE', `/api/webhooks/${id}`)).status).toBe(404);
    expect((await essex('POST', `/api/webhooks/${id}/test`)).status).toBe(404);
    expect(JSON.stringify((await ask('GET', '/api/webhooks')).body)).not.toContain(SECRET);
    const made = (await ask('POST', '/api/webhooks', body)).body as { secret: string };
    expect(made.secret).toMatch(/^.{43}$/);
    for (const [change, words] of [
      [{ url: 'https://10.0.0.1/' }, /body\/url: leads into a private network/],
      [{ url: 'http://hooks.example/' }, /body\/url: must begin with https/],
      [{ secret: 'short' }, /secret/],
      [{ force: 'atlantis' }, /force/],
    ] as const) {
      const refused = await ask('POST', '/api/webhooks', { ...body, ...change });
      expect(refused).toMatchObject({
        status: 400,
        body: { detail: expect.stringMatching(words) as string },
      });
    }
  });

  it('is told fine cells of sensitive places only where one of the cleared says so', async () => {
    const [own, hears] = await start();
    const ask = await asking(own, { role: 'admin' });
    const body = { force: 'kent', url: `${hears.url}/fine`, secret: SECRET, cleared: true };
    expect((await ask('POST', '/api/webhooks', body)).status).toBe(403);
    await register(ask, hears);
    const cleared = await asking(own, { role: 'admin', cleared: true });
    expect((await cleared('POST', '/api/webhooks', body)).status).toBe(201);
    await raiseAlert(own.database, found(0, { sensitive: true }), NOW_MS);
    const got = await until(
      () => hears.got,
      ({ length }) => length === 2,
    );
    const cells = Object.fromEntries(got.map((one) => [one.path, cellsIn(parsedXml(one.body))]));
    expect(cells).toEqual({ '/alerts': [coarseCell(placeOf(0))], '/fine': [placeOf(0)] });
  });
});

it('a rule that was saved raises an alert as soon as incidents meet it, and programs are told', async () => {
  const [own, hears] = await start({ roles: new Set(['ingest', 'forecast', 'gateway']) });
  const ask = await asking(own, { role: 'admin' });
  await register(ask, hears);
  const rule = {
    ...{ force: 'kent', categories: ['robbery'], markers: ['knife'], minimumSeverity: 1 },
    ...{ area: { kind: 'force' }, count: 3, windowMinutes: 60, coolDownMinutes: 60 },
  };
  const { body } = await ask('POST', '/api/alert-rules/dry-run', { rule });
  const { dryRun } = body as { dryRun: string };
  const saving = { name: 'Knife <robberies> & more', priority: 'high', enabled: true, rule, dryRun };
  expect((await ask('POST', '/api/alert-rules', saving)).status).toBe(201);
  const occurredAt = new Date().toISOString();
  const robbery = { occurredAt, force: 'kent', category: 'robbery' } as const;
  // Published until the rule is known to whoever evaluates it: three at a time, as it counts each once.
  const told = await until(
    async () => {
      for (let n = 0; n < 3; n++)
        await own.publish('incidents.v1.police.cad', incidentMessage({ ...robbery, markers: ['knife'] }));
      return hears.got.map(({ body: xml }) => parsedXml(xml));
    },
    (roots) => roots.some((root) => JSON.stringify(root).includes('Rule met')),
  );
  const root = told.find((one) => JSON.stringify(one).includes('Rule met')) ?? parsedXml('');
  const [info] = root.children.filter(({ name }) => name === 'info');
  expect(capFaults(root)).toEqual([]);
  expect(info && [textsOf(info, 'event'), textsOf(info, 'urgency'), textsOf(info, 'certainty')]).toEqual([
    ['Rule met: Knife <robberies> & more'],
    ['Immediate'],
    ['Observed'],
  ]);
});

describe('an alert as CAP by URL', () => {
  it('is what it is now, or was at a revision, and refers to what was told before', async () => {
    const [own] = await start({ roles: new Set(['gateway']), allowOrigins: new Set(['live']) });
    const ask = await asking(own, { role: 'wall' });
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    for (let observed = 10; observed < 40; observed++) {
      const grown = found(0, { finding: finding({ cells: [placeOf(0)], observed }) });
      await raiseAlert(own.database, grown, NOW_MS + observed);
    }
    await take(own, id, { act: 'dismiss', reason: 'known-event' });
    const read = async (query = ''): Promise<ParsedElement> => {
      const { status, body } = await ask('GET', `/api/alerts/${id}/cap${query}`);
      expect(status).toBe(200);
      const root = parsedXml(body as string);
      expect(capFaults(root)).toEqual([]);
      return root;
    };
    const first = await read('?revision=1');
    expect([textsOf(first, 'msgType'), textsOf(first, 'status')]).toEqual([['Alert'], ['Actual']]);
    const last = await read();
    expect([textsOf(last, 'msgType'), textsOf(last, 'identifier')]).toEqual([
      ['Cancel'],
      [`forewatch-alert-${id}-32`],
    ]);
    const references = (textsOf(last, 'references')[0] ?? '').split(' ');
    expect(references).toHaveLength(21);
    expect([references[0], references.at(-1)]).toEqual([
      `kent.example,forewatch-alert-${id}-1,${textsOf(first, 'sent')[0] ?? ''}`,
      expect.stringContaining(`forewatch-alert-${id}-31,`),
    ]);
    expect((await ask('GET', `/api/alerts/${id}/cap?revision=33`)).status).toBe(404);
    expect((await ask('GET', '/api/alerts/4711/cap')).status).toBe(404);
  });

  it('is read as alerts are: by all but partners, of their forces, coarsely where they may know no finer', async () => {
    const [own] = await start({ roles: new Set(['gateway']) });
    const { id } = await raiseAlert(own.database, found(0, { sensitive: true }), NOW_MS);
    const read = async (who: Partial<Principal>): Promise<unknown[]> => {
      const ask = await asking(own, who);
      const { status, body } = await ask('GET', `/api/alerts/${id}/cap`);
      const feed = await ask('GET', '/api/alerts/feed');
      const entries = feed.status === 200 ? (feed.body as string).match(/<entry>/g)?.length : undefined;
      return [status, status === 200 ? cellsIn(parsedXml(body as string)) : null, feed.status, entries];
    };
    expect(await read({ role: 'dispatcher' })).toEqual([200, [coarseCell(placeOf(0))], 200, 1]);
    expect(await read({ role: 'dispatcher', cleared: true })).toEqual([200, [placeOf(0)], 200, 1]);
    expect(await read({ role: 'wall', forces: ['essex'] })).toEqual([404, null, 200, undefined]);
    expect(await read({ role: 'partner' })).toEqual([403, null, 403, undefined]);
    for (const path of [`/api/alerts/${id}/cap`, '/api/alerts/feed'])
      expect((await fetch(`${own.server.url}${path}`)).status).toBe(401);
  });
});
