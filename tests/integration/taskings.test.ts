/** Taskings of hotspots on a real server: one unit to a hotspot, its dose from real pings, held-out hotspots guarded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { storePatrols } from '../../server/store/patrol-store.ts';
import { inTransaction } from '../../server/store/database.ts';
import { insertHoldOut } from '../../server/store/hold-out-store.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Tasking, Taskings } from '../../shared/tasking.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

let forewatch: RealForewatch;
beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway'] as const) });
});
afterAll(async () => {
  await forewatch.dispose();
});

let places = 0;
/** Another at each call. */
const newCell = (): string => cellAt(51.3 + ++places * 0.02, -0.12);

/** All that an answer may be made of; each test reads what it asked for. */
type Told = Tasking &
  Taskings & { tasking: Tasking; steps: { by: string; role: string; step: object }[]; detail?: string };
type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; body: Told }>;

async function asking(who: Partial<Principal> = {}): Promise<Ask> {
  const token = await forewatch.token({ role: 'dispatcher', ...who });
  return async (method, path, body) => {
    const answer = await fetch(`${forewatch.server.url}/api/taskings${path}`, {
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

const wanted = (change: object = {}): object => ({ force: 'kent', cell: newCell(), unit: 'K-1', ...change });

let seq = 0;
/** Every minute, between so many minutes after `fromMs`. */
function patrol(force: Force, cell: string, fromMs: number, minutes: number): Promise<void> {
  return storePatrols(
    forewatch.database,
    Array.from({ length: minutes + 1 }, (_, minute) => ({
      ...{ force, streamAtMs: fromMs, streamSeq: ++seq },
      ping: { unit: `unit-${cell}`, atMs: fromMs + minute * MINUTE_MS, cell },
    })),
  );
}

/** As if it had been tasked so long ago. */
async function taskedAgo(id: string, ms: number): Promise<number> {
  const atMs = Date.now() - ms;
  await forewatch.database.query(
    `update taskings set body = jsonb_set(body, '{taskedAt}', to_jsonb($2::text)) where id = $1`,
    [id, new Date(atMs).toISOString()],
  );
  return atMs;
}

describe('a tasking', () => {
  it('goes from tasked over accepted to completed, each step with who and when', async () => {
    const ask = await asking({ name: 'desk-1' });
    const tasked = await ask('POST', '', wanted());
    expect(tasked).toMatchObject({
      status: 200,
      body: {
        state: 'tasked',
        version: 1,
        unit: 'K-1',
        doseMinutes: 15,
        everyMinutes: 120,
        taskedBy: 'desk-1',
      },
    });
    const { id } = tasked.body;
    expect((await ask('POST', `/${id}/complete`, { expectedVersion: 1 })).status).toBe(409);
    expect(await ask('POST', `/${id}/accept`, { expectedVersion: 1 })).toMatchObject({
      ...{ status: 200, body: { state: 'accepted', version: 2 } },
    });
    expect(await ask('POST', `/${id}/accept`, { expectedVersion: 1 })).toMatchObject({
      ...{ status: 409, body: { detail: 'the tasking has moved on: it is accepted (version 2)' } },
    });
    const lead = await asking({ name: 'lead-1', role: 'shift-lead' });
    expect((await lead('POST', `/${id}/complete`, { expectedVersion: 2, note: 'quiet' })).body.state).toBe(
      'completed',
    );
    expect((await lead('POST', `/${id}/cancel`, { expectedVersion: 3, reason: 'late' })).status).toBe(409);
    const { steps } = (await ask('GET', `/${id}`)).body;
    expect(steps.map(({ by, role, step }) => [by, role, step])).toEqual([
      ['desk-1', 'dispatcher', { act: 'task', unit: 'K-1' }],
      ['desk-1', 'dispatcher', { act: 'accept' }],
      ['lead-1', 'shift-lead', { act: 'complete', note: 'quiet', totalMinutes: null }],
    ]);
  });

  it('that is cancelled frees its hotspot', async () => {
    const ask = await asking({ name: 'desk-1' });
    const body = wanted();
    const { id } = (await ask('POST', '', body)).body;
    expect(await ask('POST', '', body)).toMatchObject({
      ...{ status: 409, body: { detail: 'K-1 has been tasked with this hotspot by desk-1' } },
    });
    expect((await ask('POST', `/${id}/cancel`, { expectedVersion: 1 })).status).toBe(400);
    expect((await ask('POST', `/${id}/cancel`, { expectedVersion: 1, reason: 'called away' })).status).toBe(
      200,
    );
    expect((await ask('POST', '', body)).status).toBe(200);
  });

  it('is one of two dispatchers’ who ask at once; a step is too', async () => {
    const asks = await Promise.all(['desk-1', 'desk-2'].map((name) => asking({ name })));
    for (let round = 0; round < 5; round++) {
      const body = wanted();
      const answers = await Promise.all(asks.map((ask) => ask('POST', '', body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { id } = answers.find(({ status }) => status === 200)?.body ?? { id: '' };
      const steps = await Promise.all(
        asks.map((ask) => ask('POST', `/${id}/accept`, { expectedVersion: 1 })),
      );
      expect(steps.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });

  it('needs a unit, a cell and a dose of 10 to 16 minutes', async () => {
    const ask = await asking();
    for (const change of [
      { unit: 'two words' },
      { cell: 'x' },
      { doseMinutes: 9 },
      { doseMinutes: 17 },
      { crew: 2 },
    ])
      expect((await ask('POST', '', wanted(change))).status).toBe(400);
    expect((await ask('POST', '/999/accept', { expectedVersion: 1 })).status).toBe(404);
    expect((await ask('GET', '/none')).status).toBe(404);
  });

  it.each(ACCESS_ROLES)('is read and given by a %s as they may', async (role) => {
    const mayTask = ['dispatcher', 'shift-lead', 'admin'].includes(role);
    const ask = await asking({ role });
    expect((await ask('POST', '', wanted())).status).toBe(mayTask ? 200 : 403);
    expect((await ask('GET', '')).status).toBe(role === 'partner' ? 403 : 200);
    const elsewhere = await asking({ role, forces: ['essex'] });
    expect((await elsewhere('POST', '', wanted())).status).toBe(403);
    expect((await elsewhere('GET', '?force=kent')).status).toBe(403);
    if (role === 'partner') return;
    expect((await elsewhere('GET', '')).body.taskings).toEqual([]);
  });

  it('of violence against women and girls is shown in coarse hexagons but to the cleared', async () => {
    const cleared = await asking({ cleared: true });
    const cell = newCell();
    const body = wanted({ theme: 'vawg', cell });
    expect((await (await asking())('POST', '', body)).status).toBe(403);
    const { id } = (await cleared('POST', '', body)).body;
    expect(await (await asking({ role: 'wall' }))('GET', `/${id}`)).toMatchObject({
      body: { tasking: { cell: coarseCell(cell), coarse: true } },
    });
    expect(await cleared('GET', `/${id}`)).toMatchObject({
      body: { tasking: { cell, coarse: false } },
    });
  });
});

describe('a dose', () => {
  const deliveredTo = async (id: string): Promise<Tasking['delivered']> => {
    const { taskings } = (await (await asking())('GET', '?force=surrey')).body;
    return taskings.find((one) => one.id === id)?.delivered as Tasking['delivered'];
  };

  it('is unknown while no unit tells where it is, then due, delivered, too much, and kept when the tasking ends', async () => {
    const ask = await asking();
    const cell = newCell();
    const { id } = (await ask('POST', '', wanted({ force: 'surrey', cell }))).body;
    expect(await deliveredTo(id)).toMatchObject({ state: 'unknown', minutes: null, required: 15 });
    const atMs = await taskedAgo(id, HOUR_MS);
    await patrol('surrey', newCell(), atMs, 2);
    expect(await deliveredTo(id)).toMatchObject({
      ...{ state: 'due', minutes: 0, lastVisitAt: null, dueAt: new Date(atMs).toISOString() },
    });
    await patrol('surrey', cell, atMs, 15);
    expect(await deliveredTo(id)).toMatchObject({
      ...{ state: 'delivered', minutes: 15, totalMinutes: 15 },
      lastVisitAt: new Date(atMs + 15 * MINUTE_MS).toISOString(),
      dueAt: new Date(atMs + 120 * MINUTE_MS).toISOString(),
    });
    await patrol('surrey', cell, atMs + 40 * MINUTE_MS, 5);
    expect(await deliveredTo(id)).toMatchObject({ state: 'over-dosed', minutes: 20 });
    await ask('POST', `/${id}/accept`, { expectedVersion: 1 });
    await ask('POST', `/${id}/complete`, { expectedVersion: 2 });
    await patrol('surrey', cell, atMs + 50 * MINUTE_MS, 5);
    expect(await deliveredTo(id)).toMatchObject({ totalMinutes: 20 });
  });
});

describe('a held-out hotspot', () => {
  it('is shown as such, and tasked only with a reason, which is kept', async () => {
    const [held, treated] = [newCell(), newCell()];
    const nowMs = Date.now();
    await inTransaction(forewatch.database, (transaction) =>
      insertHoldOut(
        transaction,
        {
          ...{ force: 'kent', theme: 'all', fromMs: nowMs - HOUR_MS, toMs: nowMs + HOUR_MS },
          ...{ seed: 1, oneIn: 2, drawnBy: 'lead-1' },
        },
        [held, treated].map((cell) => ({ cell, stratum: 0, expectedPerDay: 1, heldOut: cell === held })),
      ),
    );
    const ask = await asking();
    const { heldOut } = (await ask('GET', '?force=kent')).body;
    expect(heldOut).toEqual([
      { force: 'kent', theme: 'all', cell: held, until: new Date(nowMs + HOUR_MS).toISOString() },
    ]);
    const warned = await ask('POST', '', wanted({ cell: held }));
    expect(warned.status).toBe(409);
    expect(warned.body.detail).toContain('held out until');
    expect((await ask('POST', '', wanted({ cell: held, holdOutReason: ' ' }))).status).toBe(400);
    expect((await ask('POST', '', wanted({ cell: held, holdOutReason: 'a\u0000b' }))).status).toBe(400);
    expect(await ask('POST', '', wanted({ cell: held, holdOutReason: 'threat to life' }))).toMatchObject({
      ...{ status: 200, body: { holdOutReason: 'threat to life' } },
    });
    expect(await ask('POST', '', wanted({ cell: treated, holdOutReason: 'no need' }))).toMatchObject({
      ...{ status: 200, body: { holdOutReason: null } },
    });
  });
});
