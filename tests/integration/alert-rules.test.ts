/** Rules on a real server: who may read and write them, what a dry run tells whom, and that none is saved unseen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertRule } from '../../shared/alert.ts';
import type { NamedRule, RuleDryRun } from '../../shared/alert-rule.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { ACCESS_ROLES, type AccessRole, type Principal } from '../../server/access/policy.ts';
import { selectRules, selectRulesStamp } from '../../server/store/alert-rule-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

const NOW_MS = Date.now();
const HERE = { lat: 51.5, lon: -0.12 };
const RULE: AlertRule = {
  ...{ force: 'kent', categories: ['robbery', 'violence'], markers: [], minimumSeverity: 1 },
  ...{ area: { kind: 'force' }, count: 3, windowMinutes: 60, coolDownMinutes: 120 },
};
const CIRCLE: AlertRule = { ...RULE, area: { kind: 'circle', ...HERE, radiusMetres: 500 } };

type Ask = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

let forewatch: RealForewatch;
const roles = new Map<AccessRole, Ask>();
let admin: Ask;
let cleared: Ask;

async function asking(who: Partial<Principal>): Promise<Ask> {
  const token = await forewatch.token(who);
  return async (method, path, body) => {
    const answer = await fetch(`${forewatch.server.url}/api/alert-rules${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
  };
}

let seq = 1;
/** So many within an hour, known as they happen. */
async function happen(endMs: number, count: number, change: Partial<IncidentMessage> = {}): Promise<void> {
  for (let n = 0; n < count; n++) {
    const atMs = endMs - (count - 1 - n) * 10 * MINUTE_MS;
    const message = incidentMessage({
      ...{ occurredAt: formatInstant(atMs), force: 'kent', category: 'robbery', location: HERE, ...change },
    });
    await storeIncidents(forewatch.database, arrivalsOf([message], seq++, atMs));
  }
}

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway']) });
  for (const role of ACCESS_ROLES) roles.set(role, await asking({ role }));
  admin = await asking({ role: 'admin' });
  cleared = await asking({ role: 'admin', cleared: true });
  await happen(NOW_MS - 10 * DAY_MS, 3);
  await happen(NOW_MS - 5 * DAY_MS, 4);
  await happen(NOW_MS - 3 * DAY_MS, 3, { markers: ['domestic'], category: 'violence' });
  // Neither of these counts: taken back, of another force, of another kind, too long ago.
  await happen(NOW_MS - 2 * DAY_MS, 3, { status: 'cancelled' });
  await happen(NOW_MS - 2 * DAY_MS, 3, { force: 'essex' });
  await happen(NOW_MS - 2 * DAY_MS, 3, { category: 'burglary' });
  await happen(NOW_MS - 31 * DAY_MS, 3);
});
afterAll(() => forewatch.dispose());

const rulesOf = ({ body }: { body: unknown }): NamedRule[] => (body as { rules: NamedRule[] }).rules;
const detailOf = ({ body }: { body: unknown }): string => (body as { detail: string }).detail;

async function dryRun(ask: Ask, rule: AlertRule): Promise<RuleDryRun> {
  const answer = await ask('POST', '/dry-run', { rule });
  expect(answer.status).toBe(200);
  return answer.body as RuleDryRun;
}

const saving = (rule: AlertRule, dryRunId?: string): object => ({
  ...{ name: 'Robbery, an hour', priority: 'medium', enabled: true, rule },
  ...(dryRunId !== undefined && { dryRun: dryRunId }),
});

describe('a dry run', () => {
  it('tells what the rule would have raised over 30 days: when, where, how many, and how many a shift', async () => {
    const shown = await dryRun(admin, RULE);
    expect(shown.alerts.map(({ at, count }) => [at, count])).toEqual([
      [formatInstant(NOW_MS - 10 * DAY_MS), 3],
      [formatInstant(NOW_MS - 5 * DAY_MS - 10 * MINUTE_MS), 3],
      [formatInstant(NOW_MS - 3 * DAY_MS), 3],
    ]);
    expect(shown.figures).toEqual({ days: 30, alerts: 3, alertsPerShift: 3 / 90, mostInAShift: 1 });
    expect(shown.shifts.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(3);
    expect(shown.shifts.length).toBeGreaterThanOrEqual(90);
  });

  it('tells fine cells of domestic and sexual incidents to the cleared alone', async () => {
    const fine = cellAt(HERE.lat, HERE.lon);
    const places = ({ alerts }: RuleDryRun): unknown => alerts.map(({ cells, coarse }) => [cells, coarse]);
    expect(places(await dryRun(admin, RULE))).toEqual([
      [[fine], false],
      [[fine], false],
      [[coarseCell(fine)], true],
    ]);
    expect(places(await dryRun(cleared, RULE))).toEqual([
      [[fine], false],
      [[fine], false],
      [[fine], false],
    ]);
  });

  it('leaves them out where a narrow area would place them, and says so', async () => {
    const narrow = await dryRun(admin, CIRCLE);
    expect([narrow.figures.alerts, narrow.withoutSensitive]).toEqual([2, true]);
    // Whoever asks cannot decide it.
    expect((await dryRun(admin, { ...CIRCLE, withoutSensitive: false })).figures.alerts).toBe(2);
    const all = await dryRun(cleared, { ...CIRCLE, withoutSensitive: true });
    expect([all.figures.alerts, all.withoutSensitive]).toEqual([3, false]);
  });

  it('knows an incident from its first revision on', async () => {
    const atMs = NOW_MS - 6 * HOUR_MS;
    await happen(atMs, 2, { category: 'drugs', discovery: 'reported' });
    await happen(atMs, 1, { category: 'drugs', discovery: 'reported', id: 'corrected' });
    const corrected = incidentMessage({
      ...{ id: 'corrected', revision: 2, category: 'drugs', discovery: 'reported', force: 'kent' },
      ...{ occurredAt: formatInstant(atMs), location: HERE },
    });
    await storeIncidents(forewatch.database, arrivalsOf([corrected], seq++, atMs + 5 * HOUR_MS));
    const { alerts } = await dryRun(admin, { ...RULE, categories: ['drugs'] });
    expect(alerts.map(({ at }) => at)).toEqual([formatInstant(atMs)]);
  });
});

describe('a rule', () => {
  it('is saved once its dry run has been seen, changed by who has seen its version, and removed', async () => {
    const before = await selectRulesStamp(forewatch.database);
    const unseen = await admin('POST', '', saving(RULE));
    expect([unseen.status, detailOf(unseen)]).toEqual([
      400,
      'body/dryRun: look at a dry run of this rule first, within the last hour',
    ]);
    const seen = await dryRun(admin, RULE);
    const other = await admin('POST', '', saving({ ...RULE, count: 2 }, seen.dryRun));
    expect(other.status).toBe(400);
    expect((await cleared('POST', '', saving(RULE, seen.dryRun))).status).toBe(400);
    const made = await admin('POST', '', saving(RULE, seen.dryRun));
    expect(made.status).toBe(201);
    const rule = made.body as NamedRule;
    expect(rule).toMatchObject({ version: 1, enabled: true, rule: RULE, figures: { alerts: 3 } });

    // Neither its name nor whether it is on change what it raises.
    const off = { ...saving(RULE), enabled: false, name: ' Robbery ' };
    const changed = await admin('PUT', `/${rule.id}`, { ...off, expectedVersion: 1 });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      version: 2,
      enabled: false,
      name: 'Robbery',
      figures: { alerts: 3 },
    });
    const late = await admin('PUT', `/${rule.id}`, { ...off, expectedVersion: 1 });
    expect([late.status, detailOf(late)]).toEqual([
      409,
      expect.stringMatching(/^the rule has moved on: .+ made version 2 of it$/),
    ]);
    const unseenChange = { ...saving({ ...RULE, count: 2 }), expectedVersion: 2 };
    expect((await admin('PUT', `/${rule.id}`, unseenChange)).status).toBe(400);
    expect(await selectRules(forewatch.database)).toEqual([changed.body]);

    expect((await admin('DELETE', `/${rule.id}?expectedVersion=1`)).status).toBe(409);
    expect((await admin('DELETE', `/${rule.id}?expectedVersion=2`)).status).toBe(204);
    expect((await admin('DELETE', `/${rule.id}?expectedVersion=2`)).status).toBe(404);
    expect(await selectRules(forewatch.database)).toEqual([]);
    expect(await selectRulesStamp(forewatch.database)).toBe(before + 3);
    const { rows } = await forewatch.database.query<{ version: number; gone: boolean }>(
      'select version, body is null as gone from alert_rule_changes order by id',
    );
    expect(rows.map(({ version, gone }) => [version, gone])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('of one of the cleared stays as it is where another only switches it, and leaves sensitive incidents out once changed', async () => {
    const seen = await dryRun(cleared, CIRCLE);
    const { id } = (await cleared('POST', '', saving(CIRCLE, seen.dryRun))).body as NamedRule;
    const off = { ...saving(CIRCLE), enabled: false, expectedVersion: 1 };
    const switched = (await admin('PUT', `/${id}`, off)).body as NamedRule;
    expect(switched).toMatchObject({ version: 2, enabled: false, rule: CIRCLE, figures: { alerts: 3 } });
    expect(switched.rule.withoutSensitive).toBeUndefined();
    const wider: AlertRule = { ...CIRCLE, windowMinutes: 61 };
    const { dryRun: name } = await dryRun(admin, wider);
    const changed = await admin('PUT', `/${id}`, { ...saving(wider, name), expectedVersion: 2 });
    expect(changed.body).toMatchObject({
      rule: { ...wider, withoutSensitive: true },
      figures: { alerts: 2 },
    });
    await admin('DELETE', `/${id}?expectedVersion=3`);
  });

  it('that two change at once is changed by one', async () => {
    const seen = await dryRun(admin, RULE);
    const { id } = (await admin('POST', '', saving(RULE, seen.dryRun))).body as NamedRule;
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        admin('PUT', `/${id}`, { ...saving(RULE), name, expectedVersion: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await admin('DELETE', `/${id}?expectedVersion=2`);
  });

  it.each(ACCESS_ROLES)(
    'is read by who handles alerts, and written by administrators alone: %s',
    async (role) => {
      const ask = roles.get(role) ?? admin;
      const reads = ['dispatcher', 'shift-lead', 'admin'].includes(role);
      expect((await ask('GET', '')).status).toBe(reads ? 200 : 403);
      expect((await ask('POST', '/dry-run', { rule: RULE })).status).toBe(role === 'admin' ? 200 : 403);
      expect((await ask('POST', '', saving(RULE))).status).toBe(role === 'admin' ? 400 : 403);
      const change = { ...saving(RULE), expectedVersion: 1 };
      expect((await ask('PUT', '/4711', change)).status).toBe(role === 'admin' ? 404 : 403);
      expect((await ask('DELETE', '/4711?expectedVersion=1')).status).toBe(role === 'admin' ? 404 : 403);
    },
  );

  it('is shown to nobody without a session', async () => {
    expect((await fetch(`${forewatch.server.url}/api/alert-rules`)).status).toBe(401);
  });

  it('of another force is neither read nor written', async () => {
    const essex = await asking({ role: 'admin', forces: ['essex'] });
    const seen = await dryRun(admin, RULE);
    const { id } = (await admin('POST', '', saving(RULE, seen.dryRun))).body as NamedRule;
    expect(rulesOf(await essex('GET', ''))).toEqual([]);
    expect((await essex('POST', '/dry-run', { rule: RULE })).status).toBe(403);
    expect((await essex('PUT', `/${id}`, { ...saving(RULE), expectedVersion: 1 })).status).toBe(404);
    expect((await essex('DELETE', `/${id}?expectedVersion=1`)).status).toBe(404);
    await admin('DELETE', `/${id}?expectedVersion=1`);
  });

  it.each<[string, object, RegExp]>([
    ['no incident', { count: 0 }, /body\/rule\/count: a whole number from 1 to 500/],
    ['a part of an incident', { count: 2.5 }, /rule\/count/],
    ['a moment', { windowMinutes: 4 }, /rule\/windowMinutes: a whole number from 5 to 1440/],
    ['an endless rest', { coolDownMinutes: 99_999 }, /coolDownMinutes/],
    ['an unknown severity', { minimumSeverity: 6 }, /minimumSeverity/],
    ['an unknown category', { categories: ['piracy'] }, /categories/],
    ['no cell', { area: { kind: 'cells', cells: [] } }, /area\/cells: 1 to 500 H3 cells/],
    ['what is no cell', { area: { kind: 'cells', cells: ['x'] } }, /area\/cells/],
    ['a vast circle', { area: { kind: 'circle', ...HERE, radiusMetres: 1e6 } }, /50 to 50000 metres/],
    ['a circle off the earth', { area: { kind: 'circle', lat: 91, lon: 0, radiusMetres: 500 } }, /latitude/],
    ['another field', { colour: 'red' }, /additional/i],
  ])('that asks for %s is refused, and told why', async (_, change, words) => {
    const answer = await admin('POST', '/dry-run', { rule: { ...RULE, ...change } });
    expect([answer.status, detailOf(answer)]).toEqual([400, expect.stringMatching(words)]);
  });
});
