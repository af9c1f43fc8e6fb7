/** Whether patrols work, on a real server: the draw is kept and made again from its seed, the effect is told with what is not known. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { drawAndKeep } from '../../server/taskings/hold-outs.ts';
import { drawHoldOut } from '../../models/patrols/hold-out.ts';
import { cellAt } from '../../shared/cell.ts';
import type { HoldOutDetail, PatrolEffect } from '../../shared/patrol-effect.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { layIncidents } from '../support/past-incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;
beforeAll(async () => {
  forewatch = await realForewatch();
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

/** All that an answer may be made of; each test reads what it asked for. */
type Told = PatrolEffect & HoldOutDetail & { holdOuts: object[] };

async function ask(
  method: string,
  path: string,
  { body, ...who }: Partial<Principal> & { body?: object } = {},
): Promise<{ status: number; body: Told }> {
  const token = await forewatch.token(who);
  const answer = await fetch(`${forewatch.server.url}/api/patrols/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Told };
}

const HOTSPOTS = Array.from({ length: 24 }, (_, n) => ({
  cell: cellAt(51.3 + n * 0.02, -0.12),
  expectedPerDay: 4 - n * 0.1,
}));

describe('the effect of patrols', () => {
  it('is null where nothing was held out', async () => {
    expect((await ask('GET', 'effect?force=essex')).body).toEqual({ force: 'essex', effect: null });
  });

  it('is told from what happened where, without the days of which nothing is known', async () => {
    const { database } = forewatch;
    const fromMs = Date.now() - 14 * DAY_MS - HOUR_MS;
    await drawAndKeep(
      database,
      { force: 'kent', theme: 'all', fromMs, toMs: fromMs + 28 * DAY_MS, seed: 5, oneIn: 2, drawnBy: 'lead' },
      HOTSPOTS,
    );
    const drawn = drawHoldOut(HOTSPOTS, { seed: 5, oneIn: 2 });
    // Half of the expected where it was patrolled; of the third day nobody tells.
    const days = Array.from({ length: 14 }, (_, day) => day).filter((day) => day !== 2);
    const laid = drawn.flatMap(({ cell, heldOut }) =>
      days.flatMap((day) =>
        Array.from({ length: heldOut ? 2 : 1 }, (_, n) => ({
          cell,
          atMs: fromMs + day * DAY_MS + (n + 1) * HOUR_MS,
        })),
      ),
    );
    await layIncidents(database, 'kent', laid);
    const treatedCell = drawn.find(({ heldOut }) => !heldOut)?.cell ?? '';
    await database.query(
      `insert into patrol_doses values ('kent', ('x' || lpad($1, 16, '0'))::bit(64)::bigint, date_trunc('hour', $2::timestamptz), $3)`,
      [treatedCell, new Date(fromMs + 5 * HOUR_MS), 14 * 12 * 10 * 60_000],
    );
    const { effect } = (await ask('GET', 'effect?force=kent')).body;
    expect(effect?.days).toEqual({ known: 13, unknown: 1 });
    expect(effect?.holdOut).toMatchObject({ seed: 5, oneIn: 2, theme: 'all', drawnBy: 'lead' });
    expect(effect?.treated).toMatchObject({ hotspots: 12, observed: 12 * 13, minutesPerDay: 10 });
    expect(effect?.heldOut).toMatchObject({ hotspots: 12, observed: 12 * 13 * 2, minutesPerDay: 0 });
    expect(effect?.estimate?.ratio).toBeGreaterThan(0.4);
    expect(effect?.estimate?.ratio).toBeLessThan(0.6);
    const [low, high] = effect?.estimate?.interval95 ?? [0, 0];
    expect(low).toBeLessThan(0.5);
    expect(high).toBeLessThan(1);
    expect(effect?.unknown).toBeNull();
  });
});

describe('a hold-out', () => {
  it('is drawn from the ranked hotspots by who leads, once for a span, and can be drawn again from its seed', async () => {
    const at = new Date().toISOString();
    for (let n = 0; n < 500; n++) {
      const location = { lat: 51.4 + Math.floor(n / 25) * 0.007, lon: -0.2 + (n % 25) * 0.011 };
      await forewatch.publish(
        'incidents.v1.police.cad',
        incidentMessage({ occurredAt: at, force: 'surrey', location, id: `drawn-${n}` }),
      );
    }
    const body = { force: 'surrey', oneIn: 2, seed: 9, days: 14 };
    const lead = { role: 'shift-lead', name: 'lead-1' } as const;
    const { body: drawn } = await until(
      () => ask('POST', 'hold-outs', { body, ...lead }),
      ({ status }) => status === 200,
    );
    expect(drawn.holdOut).toMatchObject({
      force: 'surrey',
      theme: 'all',
      seed: 9,
      oneIn: 2,
      drawnBy: 'lead-1',
    });
    expect(drawHoldOut(drawn.cells, { seed: 9, oneIn: 2 })).toEqual(
      drawn.cells.map((cell) => expect.objectContaining(cell) as unknown),
    );
    expect(drawn.cells.filter(({ heldOut }) => heldOut).length).toBeGreaterThan(0);
    expect((await ask('POST', 'hold-outs', { body, ...lead })).status).toBe(409);
    expect((await ask('GET', `hold-outs/${drawn.holdOut.id}`, { role: 'wall' })).body).toEqual(drawn);
    const { body: listed } = await ask('GET', 'hold-outs?force=surrey', {
      role: 'wall',
    });
    expect(listed.holdOuts).toEqual([drawn.holdOut]);
    expect((await ask('GET', 'effect?force=surrey')).body.effect).toMatchObject({
      ...{ estimate: null, unknown: 'no-days-yet', days: { known: 0, unknown: 0 } },
    });
  });

  it.each(ACCESS_ROLES)('and its effect are seen by a %s as they may', async (role) => {
    const leads = role === 'shift-lead' || role === 'admin';
    const draw = await ask('POST', 'hold-outs', { role, body: { force: 'essex' } });
    expect(draw.status).toBe(leads ? 409 : 403);
    expect((await ask('GET', 'hold-outs', { role })).status).toBe(role === 'partner' ? 403 : 200);
    expect((await ask('GET', 'effect?force=kent', { role })).status).toBe(200);
    expect((await ask('GET', 'effect?force=kent', { role, forces: ['essex'] })).status).toBe(403);
    const vawg = await ask('POST', 'hold-outs', { role, body: { force: 'essex', theme: 'vawg' } });
    expect(vawg.status).toBe(403);
  });
});
