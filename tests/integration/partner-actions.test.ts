/** Partners' actions on a real server: given, reported back, seen coarsely and by their owner alone, and what followed them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { cellAt, coarseCell, fineCells } from '../../shared/cell.ts';
import type { ActionPlaces, PartnerAction } from '../../shared/partner-action.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { found, placeOf } from '../support/findings.ts';
import { layIncidents } from '../support/past-incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

let forewatch: RealForewatch;
beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway'] as const) });
});
afterAll(async () => {
  await forewatch.dispose();
});

const CELL = cellAt(51.5, -0.12);
const OWNER = { agency: 'council', organisation: 'northtown-council' };

/** All that an answer may be made of; each test reads what it asked for. */
type Told = PartnerAction &
  ActionPlaces & {
    actions: PartnerAction[];
    action: PartnerAction;
    steps: { by: string; step: { act: string } }[];
  };
type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; body: Told }>;

async function asking(who: Partial<Principal> = {}): Promise<Ask> {
  const token = await forewatch.token({ role: 'dispatcher', ...who });
  return async (method, path, body) => {
    const answer = await fetch(`${forewatch.server.url}/api/actions${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Told };
  };
}

const partner = (organisation = OWNER.organisation, more: Partial<Principal> = {}): Promise<Ask> =>
  asking({ role: 'partner', organisation, ...more });

const wanted = (change: object = {}): object => ({
  ...{ force: 'kent', cell: CELL, kind: 'lighting', owner: OWNER, dueOn: '2031-03-31', wanted: 'lamps' },
  ...change,
});
const listed = async (ask: Ask): Promise<PartnerAction[]> => (await ask('GET', '')).body.actions;

describe('an action', () => {
  it('is given, seen coarsely by its owner alone, and reported back, each step with who and when', async () => {
    const desk = await asking({ name: 'desk-1' });
    const given = await desk('POST', '', wanted());
    expect(given).toMatchObject({
      ...{ status: 200, body: { state: 'given', version: 1, cell: CELL, coarse: false, overdue: false } },
    });
    const { id } = given.body;
    const own = await partner();
    const [seen] = (await listed(own)).filter((one) => one.id === id);
    expect(seen).toMatchObject({
      cell: coarseCell(CELL),
      coarse: true,
      place: coarseCell(CELL),
      alert: null,
    });
    expect(JSON.stringify(seen)).not.toContain(CELL);
    const other = await partner('southtown-council');
    expect(await listed(other)).toEqual([]);
    expect((await other('GET', `/${id}`)).status).toBe(404);
    expect((await other('POST', `/${id}/accept`, { expectedVersion: 1 })).status).toBe(404);
    expect((await other('GET', '/places')).body.places).toEqual([]);

    expect(
      (await own('POST', `/${id}/complete`, { expectedVersion: 1, outcome: 'carried-out' })).status,
    ).toBe(409);
    await own('POST', `/${id}/accept`, { expectedVersion: 1 });
    await own('POST', `/${id}/progress`, { expectedVersion: 2, report: 'lamps ordered' });
    expect((await own('POST', `/${id}/withdraw`, { expectedVersion: 3, report: 'no' })).status).toBe(409);
    const done = await own('POST', `/${id}/complete`, { expectedVersion: 3, outcome: 'partly-carried-out' });
    expect(done.body).toMatchObject({
      state: 'done',
      outcome: 'partly-carried-out',
      report: 'lamps ordered',
    });
    const steps = async (ask: Ask): Promise<unknown[]> =>
      (await ask('GET', `/${id}`)).body.steps.map(({ by, step }) => [by, step.act]);
    expect((await steps(desk)).at(0)).toEqual(['desk-1', 'give']);
    // Who handles it at the force is none of a partner's business.
    expect(await steps(own)).toEqual([
      ['dispatcher', 'give'],
      ...['accept', 'progress', 'complete'].map((act) => ['partner', act]),
    ]);
    expect((await desk('POST', `/${id}/withdraw`, { expectedVersion: 4, report: 'late' })).status).toBe(409);
  });

  it('of an alert tells its owner where, coarsely, and nothing else of it', async () => {
    const desk = await asking();
    const alert = await raiseAlert(forewatch.database, found(3, { sensitive: true }), Date.now());
    const { cell: _cell, force: _force, ...rest } = wanted({ kind: 'outreach' }) as Record<string, unknown>;
    expect((await desk('POST', '', { ...rest, alert: '999' })).status).toBe(404);
    expect((await desk('POST', '', wanted({ alert: alert.id }))).status).toBe(400);
    const given = await desk('POST', '', { ...rest, alert: alert.id });
    expect(given.body).toMatchObject({ source: 'alert', alert: alert.id, cell: coarseCell(placeOf(3)) });
    const seen = (await (await partner())('GET', `/${given.body.id}`)).body;
    expect(seen).toMatchObject({ action: { source: 'alert', alert: null, coarse: true } });
    expect(JSON.stringify(seen)).not.toMatch(/observed|likelihood|onceInDays/);
  });

  it('is one of two’s who report on the same version', async () => {
    const desk = await asking();
    const own = await partner();
    for (let round = 0; round < 5; round++) {
      const { id } = (await desk('POST', '', wanted())).body;
      const answers = await Promise.all([
        own('POST', `/${id}/accept`, { expectedVersion: 1 }),
        desk('POST', `/${id}/withdraw`, { expectedVersion: 1, report: 'not needed' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });

  it('needs a place, a kind, an owner that is no person, and a day of the calendar', async () => {
    const desk = await asking();
    for (const change of [
      { cell: 'x' },
      { kind: 'prayer' },
      { owner: { agency: 'council', organisation: 'Somebody Named' } },
      { owner: { agency: 'police', organisation: 'kent' } },
      { dueOn: '2031-02-30' },
      { dueOn: 'soon' },
      { telephone: 1 },
    ])
      expect((await desk('POST', '', wanted(change))).status).toBe(400);
    expect((await desk('POST', '/999/accept', { expectedVersion: 1 })).status).toBe(404);
  });

  it('is overdue once its day has passed', async () => {
    const desk = await asking();
    expect((await desk('POST', '', wanted({ dueOn: '2020-01-01' }))).body.overdue).toBe(true);
  });

  it.each(ACCESS_ROLES)('is given and read by a %s as they may', async (role) => {
    const gives = ['dispatcher', 'shift-lead', 'admin'].includes(role);
    const ask = await asking({ role, organisation: 'nobody' });
    expect((await ask('POST', '', wanted())).status).toBe(gives ? 200 : 403);
    expect((await listed(ask)).length > 0).toBe(role !== 'partner');
    expect((await ask('POST', '/1/progress', { expectedVersion: 99, report: 'x' })).status).toBe(
      gives ? 409 : role === 'partner' ? 404 : 403,
    );
    const elsewhere = await asking({ role, forces: ['essex'] });
    expect(await listed(elsewhere)).toEqual([]);
    expect((await elsewhere('POST', '', wanted())).status).toBe(403);
    const vawg = await ask('POST', '', wanted({ theme: 'vawg' }));
    expect(vawg.status).toBe(403);
  });
});

describe('what followed', () => {
  const zone = new TimeZone('Europe/London');
  const today = zone.startOfDay(Date.now());
  const daysAgo = (days: number): number => zone.startOfDay(today - days * DAY_MS + 12 * HOUR_MS);

  it('is told week by week against the expected, and unknown where data are missing', async () => {
    const { database } = forewatch;
    const cell = cellAt(52.5, -1.12);
    const cells = fineCells(coarseCell(cell));
    const desk = await asking();
    const { id } = (await desk('POST', '', wanted({ force: 'surrey', cell }))).body;
    // Given six weeks ago and done five weeks ago; three more weeks of forecasts; of one day nobody tells.
    await database.query(
      `update partner_actions set body = body || jsonb_build_object('givenAt', $2::text, 'doneAt', $3::text, 'state', 'done')
       where id = $1`,
      [id, new Date(daysAgo(42) + HOUR_MS).toISOString(), new Date(daysAgo(36) + HOUR_MS).toISOString()],
    );
    for (let ago = 70; ago > 14; ago--) {
      const from = new Date(daysAgo(ago)).toISOString();
      const window = { from, to: new Date(daysAgo(ago) + DAY_MS).toISOString() };
      await storeForecast(database, {
        ...{ force: 'surrey', theme: 'all', horizonHours: 24, issuedAt: from, window, modelId: 'a model' },
        ...{ cells, expected: Float32Array.from(cells, () => 2 / cells.length), dispersion: 0.1 },
      });
    }
    const laid: { cell: string; atMs: number }[] = [];
    for (let ago = 70; ago > 0; ago--) {
      if (ago === 60) continue;
      const isAfter = ago <= 35;
      for (let n = 0; n < (isAfter ? 1 : 2); n++) laid.push({ cell, atMs: daysAgo(ago) + (n + 9) * HOUR_MS });
    }
    await layIncidents(database, 'surrey', laid);
    const { places } = (await (await partner())('GET', '/places?force=surrey')).body;
    expect(places).toHaveLength(1);
    const [tried] = places[0]?.tried ?? [];
    expect(places[0]?.cell).toBe(coarseCell(cell));
    expect(tried?.weeks.map(({ phase, observed, expected }) => [phase, observed, expected])).toEqual([
      ['before', 14, 14],
      ['before', null, 14],
      ['before', 14, 14],
      ['before', 14, 14],
      ['after', 7, 14],
      ['after', 7, 14],
      ['after', 7, 14],
      ['after', 7, null],
    ]);
    expect(tried?.weeks[0]).toMatchObject({ lower: 9, upper: 19 });
    expect(tried?.before).toMatchObject({ weeks: 3, observed: 42, expected: 42 });
    expect(tried?.before?.ratio).toBeCloseTo(1, 5);
    expect(tried?.after).toMatchObject({ weeks: 3, observed: 21, expected: 42 });
    expect(tried?.after?.ratio).toBeCloseTo(0.5, 5);
    const [low, high] = tried?.after?.interval95 ?? [0, 0];
    expect(low).toBeGreaterThan(0.3);
    expect(high).toBeLessThan(0.8);
  });
});
