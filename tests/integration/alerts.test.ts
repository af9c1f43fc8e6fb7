/** Alerts on a real server: raised once, taken once, told to every screen, and never forgotten. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { takeDueSteps } from '../../server/alerts/due-steps.ts';
import { notePresence } from '../../server/store/alert-store.ts';
import type { AlertMeter, AlertMeters } from '../../shared/alert-meter.ts';
import type { Alert } from '../../shared/alert-state.ts';
import type { TakenStep } from '../../shared/alert-step.ts';
import type { Delta } from '../../shared/messages.ts';
import { coarseCell } from '../../shared/cell.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { finding, found, placeOf } from '../support/findings.ts';
import { LiveClient } from '../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

/** Without a forecaster nothing acts by itself: each test says when. */
async function start(roles: ('ingest' | 'forecast' | 'gateway')[] = ['gateway']): Promise<RealForewatch> {
  const own = (forewatch = await realForewatch({ roles: new Set(roles) }));
  await until(
    () => fetch(`${own.server.url}/api/health/ready`),
    ({ ok }) => ok,
  );
  return own;
}

type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;

async function asking(own: RealForewatch, who: Partial<Principal>): Promise<Ask> {
  const token = await own.token(who);
  return async (method, path, body) => {
    const answer = await fetch(`${own.server.url}/api/alerts${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
}

const NOW_MS = Date.now();

async function openAlerts(ask: Ask): Promise<Alert[]> {
  return ((await ask('GET', '')).body as { alerts: Alert[] }).alerts;
}

describe('what is found', () => {
  it('is raised once, whoever finds it, and found again changes its figures and not its version', async () => {
    const own = await start();
    const ask = await asking(own, {});
    await Promise.all(Array.from({ length: 8 }, () => raiseAlert(own.database, found(0), NOW_MS)));
    const grown = found(0, {
      finding: finding({ cells: [placeOf(0)], observed: 14, class: 'intensifying' }),
    });
    await raiseAlert(own.database, grown, NOW_MS + 1_000);
    const [alert, ...more] = await openAlerts(ask);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      version: 1,
      revision: 2,
      finding: { observed: 14, class: 'intensifying' },
    });
    const { steps } = (await ask('GET', `/${alert?.id ?? ''}`)).body as { steps: TakenStep[] };
    expect(steps).toEqual([expect.objectContaining({ version: 1, by: 'server', step: { act: 'raise' } })]);
  });

  it('beside an alert of late is its child, and goes with it to the end', async () => {
    const own = await start();
    const ask = await asking(own, { role: 'dispatcher', name: 'desk-1' });
    const parent = await raiseAlert(own.database, found(0), NOW_MS);
    const beside = found(0, { place: 'rule:1', finding: finding({ kind: 'rule', class: null }) });
    const child = await raiseAlert(own.database, beside, NOW_MS);
    const far = await raiseAlert(own.database, found(1), NOW_MS);
    expect([parent.parent, child.parent, far.parent]).toEqual([null, parent.id, null]);
    await ask('POST', `/${parent.id}/acknowledge`, { expectedVersion: 1 });
    await ask('POST', `/${parent.id}/dismiss`, { expectedVersion: 2, reason: 'known-event' });
    expect((await openAlerts(ask)).map(({ id }) => id)).toEqual([far.id]);
    const { alert } = (await ask('GET', `/${child.id}`)).body as { alert: Alert };
    expect(alert).toMatchObject({ state: 'dismissed', dismissal: 'known-event', version: 3 });
  });

  it('again after a decision is a new alert', async () => {
    const own = await start();
    const ask = await asking(own, { role: 'dispatcher' });
    const first = await raiseAlert(own.database, found(0), NOW_MS);
    await ask('POST', `/${first.id}/dismiss`, { expectedVersion: 1, reason: 'no-concern' });
    const second = await raiseAlert(own.database, found(0), NOW_MS + 1);
    expect(second).toMatchObject({ state: 'raised', version: 1 });
    expect(second.id).not.toBe(first.id);
  });
});

describe('of two dispatchers', () => {
  it('who race for an alert one has it, and the other is told who', async () => {
    const own = await start();
    const names = ['desk-1', 'desk-2'];
    const asks = await Promise.all(names.map((name) => asking(own, { role: 'dispatcher', name })));
    for (let round = 0; round < 5; round++) {
      const { id } = await raiseAlert(own.database, found(round), NOW_MS);
      const answers = await Promise.all(
        asks.map((ask) => ask('POST', `/${id}/acknowledge`, { expectedVersion: 1 })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = answers.findIndex(({ status }) => status === 200);
      expect((answers[1 - winner]?.body as { detail: string }).detail).toBe(
        `the alert has moved on: it is acknowledged by ${names[winner] ?? ''} (version 2)`,
      );
      const loser = asks[1 - winner];
      const grabs = await loser?.('POST', `/${id}/assign`, { expectedVersion: 2, unit: 'K-1' });
      expect(grabs).toMatchObject({ status: 409, body: { detail: `${names[winner] ?? ''} has this alert` } });
    }
  });

  it('each sees the other’s step at once, and a wall does too', async () => {
    const own = await start();
    const wall = await LiveClient.connect(own.server.url, await own.token());
    const snapshot = await wall.snapshot({ forces: [] });
    expect(snapshot.alerts).toEqual([]);
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    const ask = await asking(own, { role: 'dispatcher', name: 'desk-1' });
    await ask('POST', `/${id}/acknowledge`, { expectedVersion: 1 });
    const changed = await wall.frame(
      (frame): frame is Extract<Delta, { type: 'alert.changed' }> =>
        frame.type === 'alert.changed' && frame.alert.state === 'acknowledged',
    );
    expect(changed).toMatchObject({ force: 'kent', alert: { id, holder: 'desk-1', version: 2 } });
    const later = await LiveClient.connect(own.server.url, await own.token());
    expect((await later.snapshot({ forces: [] })).alerts).toEqual([
      expect.objectContaining({ id, version: 2 }),
    ]);
    await Promise.all([wall.close(), later.close()]);
  });
});

describe('a step', () => {
  it('needs its parts: an outcome, a reason, a unit, minutes of a kind', async () => {
    const own = await start();
    const ask = await asking(own, { role: 'dispatcher' });
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    for (const [act, body] of [
      ['dismiss', {}],
      ['dismiss', { reason: 'bored' }],
      ['resolve', {}],
      ['assign', { unit: 'two words' }],
      ['shelve', { minutes: 60 }],
      ['acknowledge', { extra: true }],
    ] as const) {
      expect((await ask('POST', `/${id}/${act}`, { expectedVersion: 1, ...body })).status).toBe(400);
    }
    expect((await ask('POST', `/${id}/acknowledge`, {})).status).toBe(400);
    expect((await ask('POST', '/999/acknowledge', { expectedVersion: 1 })).status).toBe(404);
    expect((await ask('POST', '/none/acknowledge', { expectedVersion: 1 })).status).toBe(404);
  });

  it('is taken by those who handle alerts, of their forces, and read by all but partners', async () => {
    const own = await start();
    const { id } = await raiseAlert(own.database, found(0), NOW_MS);
    const statuses = async (who: Partial<Principal>): Promise<number[]> => {
      const ask = await asking(own, who);
      const read = await ask('GET', `/${id}`);
      return [read.status, (await ask('POST', `/${id}/escalate`, { expectedVersion: 99 })).status];
    };
    expect(await statuses({ role: 'wall' })).toEqual([200, 403]);
    expect(await statuses({ role: 'analyst' })).toEqual([200, 403]);
    expect(await statuses({ role: 'partner' })).toEqual([403, 403]);
    expect(await statuses({ role: 'dispatcher' })).toEqual([200, 409]);
    expect(await statuses({ role: 'shift-lead', forces: ['kent'] })).toEqual([200, 409]);
    expect(await statuses({ role: 'dispatcher', forces: ['essex'] })).toEqual([404, 404]);
  });

  it('tells of sensitive places only in coarse cells, but to the cleared', async () => {
    const own = await start();
    await raiseAlert(own.database, found(0, { sensitive: true }), NOW_MS);
    const cellsFor = async (who: Partial<Principal>): Promise<unknown> =>
      (await openAlerts(await asking(own, who)))[0]?.finding.cells;
    expect(await cellsFor({ role: 'dispatcher' })).toEqual([coarseCell(placeOf(0))]);
    expect(await cellsFor({ role: 'dispatcher', cleared: true })).toEqual([placeOf(0)]);
  });
});

describe('the server', () => {
  it('passes on what nobody takes in time, also when it was away meanwhile', async () => {
    const own = await start(['gateway', 'forecast']);
    const ask = await asking(own, { role: 'dispatcher', name: 'desk-1' });
    const late = await raiseAlert(own.database, found(0), NOW_MS - 11 * MINUTE_MS);
    const early = await raiseAlert(own.database, found(1), NOW_MS);
    const taken = await raiseAlert(own.database, found(2), NOW_MS - 20 * MINUTE_MS);
    // Stopped in the middle of it: whoever comes back finds what is due.
    await own.restart({});
    await ask('POST', `/${taken.id}/acknowledge`, { expectedVersion: 1 }).catch(() => undefined);
    await until(
      async () => (await openAlerts(await asking(own, {}))).find(({ id }) => id === late.id),
      (alert) => alert?.escalatedAt !== null,
    );
    const open = await openAlerts(await asking(own, {}));
    expect(open.find(({ id }) => id === late.id)).toMatchObject({ priority: 'high', state: 'raised' });
    expect(open.find(({ id }) => id === early.id)?.escalatedAt).toBeNull();
    const { steps } = (await (await asking(own, {}))('GET', `/${late.id}`)).body as { steps: TakenStep[] };
    expect(steps.map(({ by, step }) => [by, step.act])).toEqual([
      ['server', 'raise'],
      ['server', 'escalate'],
    ]);
  });

  it('takes an alert from the shelf when its minutes are over, and not before', async () => {
    const own = await start();
    const ask = await asking(own, { role: 'dispatcher' });
    const { id } = await raiseAlert(own.database, found(0), Date.now());
    await ask('POST', `/${id}/shelve`, { expectedVersion: 1, minutes: 5 });
    expect(await takeDueSteps(own.database, Date.now() + 4 * MINUTE_MS)).toBe(0);
    expect((await openAlerts(ask))[0]?.shelvedUntil).not.toBeNull();
    expect(await takeDueSteps(own.database, Date.now() + 5.1 * MINUTE_MS)).toBe(1);
    expect((await openAlerts(ask))[0]).toMatchObject({ shelvedUntil: null, version: 3, state: 'raised' });
  });

  it('holds back the less urgent in a flood, says so, and calls them as people can take them', async () => {
    const own = await start();
    await notePresence(own.database, [{ name: 'desk-1', forces: [] }]);
    for (let index = 0; index < 12; index++) {
      const priority = index === 11 ? 'high' : 'medium';
      await raiseAlert(own.database, found(index, { priority }), NOW_MS + index);
    }
    const ask = await asking(own, { role: 'dispatcher' });
    const held = async (): Promise<number[]> =>
      (await openAlerts(ask)).flatMap(({ heldBack }, index) => (heldBack ? [index] : []));
    expect(await held()).toEqual([10]);
    const meter = (await ask('GET', '/meter?force=kent')).body as AlertMeter;
    expect(meter).toMatchObject({ flood: true, raised: 12, called: 11, dispatchers: 1, perDispatcher: 11 });
    expect(meter.open).toEqual({ unacknowledged: 11, heldBack: 1, shelved: 0 });
    expect(meter.priorities).toEqual({ high: 1 / 12, medium: 11 / 12, low: 0 });
    expect(await takeDueSteps(own.database, NOW_MS + MINUTE_MS)).toBe(0);
    await takeDueSteps(own.database, NOW_MS + 11 * MINUTE_MS);
    expect(await held()).toEqual([]);
  });

  it('tells of the priorities that alerts were given, also once nobody has taken them', async () => {
    const own = await start();
    for (const [index, priority] of (['low', 'medium', 'low', 'low'] as const).entries())
      await raiseAlert(own.database, found(index, { priority }), NOW_MS);
    await notePresence(own.database, [{ name: 'desk-1', forces: [] }]);
    const ask = await asking(own, { role: 'shift-lead' });
    for (const { id, version } of await openAlerts(ask))
      await ask('POST', `/${id}/escalate`, { expectedVersion: version });
    expect((await openAlerts(ask)).map(({ priority }) => priority)).toEqual(['high', 'high', 'high', 'high']);
    const meter = (await ask('GET', '/meter?force=kent')).body as AlertMeter;
    expect(meter.priorities).toEqual({ high: 0, medium: 1 / 4, low: 3 / 4 });
  });

  it('is measured for each force that one sees', async () => {
    const own = await start();
    await raiseAlert(own.database, found(0), NOW_MS);
    await raiseAlert(own.database, found(1, { force: 'essex' }), NOW_MS);
    await raiseAlert(own.database, found(2, { force: 'essex' }), NOW_MS);
    const metered = async (who: Partial<Principal>): Promise<[string, number][]> => {
      const answer = await (await asking(own, who))('GET', '/meters');
      expect(answer.status).toBe(200);
      return (answer.body as AlertMeters).forces.map(({ force, meter }) => [force, meter.raised]);
    };
    // Of few forces all are told, of many those with alerts.
    expect(await metered({ role: 'dispatcher', forces: ['kent', 'surrey'] })).toEqual([
      ['kent', 1],
      ['surrey', 0],
    ]);
    expect(await metered({ role: 'dispatcher' })).toEqual([
      ['essex', 2],
      ['kent', 1],
    ]);
    expect((await (await asking(own, { role: 'partner' }))('GET', '/meters')).status).toBe(403);
  });

  it('calls one low alert in ten minutes for each dispatcher there is', async () => {
    const own = await start();
    const ask = await asking(own, { role: 'dispatcher' });
    for (let index = 0; index < 3; index++)
      await raiseAlert(own.database, found(index, { priority: 'low' }), NOW_MS);
    const waiting = async (): Promise<number> =>
      (await openAlerts(ask)).filter(({ heldBack }) => heldBack).length;
    expect(await waiting()).toBe(2);
    await takeDueSteps(own.database, NOW_MS + 11 * MINUTE_MS);
    expect(await waiting()).toBe(1);
    await takeDueSteps(own.database, NOW_MS + 22 * MINUTE_MS);
    expect(await waiting()).toBe(0);
  });
});
