/** Minutes of patrol from pings on a real stream: exact, whatever comes twice, late, broken or while the server is away. */
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATROLS } from '../../server/feeds/streams.ts';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import {
  expirePings,
  storePatrols,
  type PatrolAccount,
  type PatrolMessage,
} from '../../server/store/patrol-store.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { CellDetail } from '../../shared/cell-detail.ts';
import type { PatrolMinutes } from '../../shared/patrol-minutes.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const HERE = { lat: 51.5, lon: -0.12 };
const THERE = { lat: 51.51, lon: -0.1 };
const CELL = cellAt(HERE.lat, HERE.lon);
/** An hour that has passed, so that all of its pings are of the past. */
const HOUR_START_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;

let forewatch: RealForewatch;
beforeAll(async () => {
  forewatch = await realForewatch();
  await ready();
});
afterAll(async () => {
  await forewatch.dispose();
});

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
}

const ping = (unit: string, minutes: number, place = HERE): object => ({
  ...{ unit, at: formatInstant(HOUR_START_MS + minutes * MINUTE_MS), ...place },
});
const publish = (message: unknown, force = 'kent'): Promise<number> =>
  forewatch.publish(`patrols.v1.${force}`, message);

function request(path: string, principal: Partial<Principal> = {}): Promise<Response> {
  return forewatch
    .token(principal)
    .then((token) =>
      fetch(`${forewatch.server.url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    );
}

async function minutes(query: string, principal: Partial<Principal> = {}): Promise<PatrolMinutes> {
  const from = formatInstant(HOUR_START_MS - HOUR_MS);
  const response = await request(`/api/patrols/minutes?${query}&from=${from}`, principal);
  expect(response.status).toBe(200);
  return (await response.json()) as PatrolMinutes;
}

async function accounts(): Promise<PatrolAccount[]> {
  return ((await (await request('/api/patrols')).json()) as { forces: PatrolAccount[] }).forces;
}

/** Waits until so many messages of the force are accounted for. */
async function accounted(force: string, messages: number): Promise<PatrolAccount> {
  const own = (all: PatrolAccount[]): PatrolAccount | undefined =>
    all.find((account) => account.force === force);
  const found = await until(accounts, (all) => {
    const account = own(all);
    return account !== undefined && account.stored + account.duplicates + account.rejected >= messages;
  });
  return own(found) as PatrolAccount;
}

describe('minutes of patrol', () => {
  it('are not known, rather than none, where no unit tells where it is', async () => {
    expect(await minutes(`cell=${CELL}`)).toMatchObject({ cells: [], known: false });
  });

  it('come from pings in any order, some twice, some broken, and each message is accounted for', async () => {
    await publish(ping('unit-1', 0));
    await publish(ping('unit-1', 8));
    await publish(ping('unit-1', 4));
    await publish(ping('unit-1', 4));
    await publish(ping('unit-1', 4, THERE));
    // Seven minutes of silence are nobody's.
    await publish(ping('unit-1', 15));
    await publish(ping('unit-1', 16, THERE));
    await publish(ping('unit-2', 1));
    await publish(ping('unit-2', 2.5));
    await publish({ ...ping('unit-3', 1), crew: 'two' });
    await publish('{');
    await publish({ ...HERE, unit: 'unit-3', at: formatInstant(Date.now() + HOUR_MS) });
    await publish({ ...HERE, unit: 'unit-3', at: formatInstant(Date.now() - 23.5 * HOUR_MS) });
    expect(await accounted('kent', 13)).toMatchObject({
      ...{ stored: 7, duplicates: 1, rejected: 5 },
      lastRejection: { reason: '/at more than 23 hours ago' },
    });
    const hours = [{ from: formatInstant(HOUR_START_MS), minutes: 10 }];
    expect((await minutes(`cell=${CELL}`)).cells).toEqual([
      { cell: CELL, coarse: false, minutes: 10, hours },
    ]);
    const force = await minutes('force=kent');
    expect(force.cells.map(({ minutes: own }) => own)).toEqual([10, 0.5]);
    expect(force.known).toBe(true);
  });

  it('go on over a restart, and a message that is delivered again changes nothing', async () => {
    await forewatch.server.stop();
    await publish(ping('unit-2', 5));
    await publish(ping('unit-2', 5));
    await publish({ ...ping('unit-2', 6), crew: 'two' });
    // As a process that dies before it acknowledges leaves it: all come again, from the first.
    await (await jetstreamManager(forewatch.connection)).consumers.delete(PATROLS, 'patrol-minutes');
    await forewatch.restart();
    await ready();
    expect(await accounted('kent', 16)).toMatchObject({ stored: 8, duplicates: 2, rejected: 6 });
    await publish(ping('unit-9', 1), 'surrey');
    await accounted('surrey', 1);
    expect(await accounted('kent', 16)).toMatchObject({ stored: 8, duplicates: 2, rejected: 6 });
    expect((await minutes(`cell=${CELL}`)).cells[0]?.minutes).toBe(12.5);
  });

  it('stay when the pings go after a day', async () => {
    const { database } = forewatch;
    await expirePings(database, HOUR_START_MS + 4.5 * MINUTE_MS + DAY_MS);
    const { rows } = await database.query('select unit from patrol_pings order by at');
    expect(rows).toEqual(['unit-2', 'unit-1', 'unit-1', 'unit-1'].map((unit) => ({ unit })));
    expect((await minutes(`cell=${CELL}`)).cells[0]?.minutes).toBe(12.5);
  });

  it('are the same however many processes tell them at a time', async () => {
    const messages = Array.from({ length: 120 }, (_, n): PatrolMessage => {
      const atMs = HOUR_START_MS + n * 20_000;
      return {
        force: 'essex',
        streamAtMs: atMs,
        streamSeq: 10_000 + n,
        ping: { unit: 'unit-5', atMs, cell: CELL },
      };
    });
    const shuffled = messages.toSorted(
      (one, other) => ((one.streamSeq * 37) % 101) - ((other.streamSeq * 37) % 101),
    );
    const portions = Array.from({ length: 12 }, (_, n) => shuffled.slice(n * 10, n * 10 + 10));
    await Promise.all([...portions, ...portions].map((portion) => storePatrols(forewatch.database, portion)));
    expect((await minutes('force=essex')).cells[0]?.minutes).toBeCloseTo((119 * 20) / 60, 2);
    expect(await accounted('essex', 120)).toMatchObject({ stored: 120, duplicates: 0 });
  });

  it.each(ACCESS_ROLES)('are shown to a %s as finely as they may see, of their forces', async (role) => {
    const coarse = coarseCell(CELL);
    const isCoarse = role === 'partner';
    expect((await request(`/api/patrols/minutes?cell=${CELL}`, { role })).status).toBe(isCoarse ? 403 : 200);
    const [first] = (await minutes('force=kent', { role })).cells;
    expect(first).toMatchObject(
      isCoarse ? { cell: coarse, coarse: true, minutes: 12.5 } : { cell: CELL, coarse: false, minutes: 12.5 },
    );
    const elsewhere = await minutes(`cell=${coarse}`, { role, forces: ['surrey'] });
    expect(elsewhere.cells).toEqual([]);
    expect((await request('/api/patrols/minutes?force=kent', { role, forces: ['surrey'] })).status).toBe(403);
    const seen = (await (await request('/api/patrols', { role, forces: ['surrey'] })).json()) as {
      forces: PatrolAccount[];
    };
    expect(seen.forces.map(({ force }) => force)).toEqual(['surrey']);
  });

  it('stand in the detail of a cell', async () => {
    const detail = (await (await request(`/api/cells/${CELL}`, { forces: ['kent'] })).json()) as CellDetail;
    expect(detail.patrol).toEqual({
      minutes: 12.5,
      byHour: [{ from: formatInstant(HOUR_START_MS), minutes: 12.5 }],
    });
  });

  it('come with the last place of each unit, for those who assign alerts to them', async () => {
    const nowMs = Date.now();
    for (const [unit, minutesAgo, place] of [
      ['K-1', 20, HERE],
      ['K-1', 10, THERE],
      ['K-2', 5, HERE],
      ['K-3', 61, HERE],
    ] as const)
      await publish({ unit, at: formatInstant(nowMs - minutesAgo * MINUTE_MS), ...place }, 'norfolk');
    const units = async (who: Partial<Principal>): Promise<unknown> =>
      await (await request('/api/patrols/units?force=norfolk', who)).json();
    expect(
      await until(
        () => units({ role: 'dispatcher' }),
        (answer) => (answer as { units: unknown[] }).units.length === 2,
      ),
    ).toEqual({
      units: [
        { unit: 'K-2', at: formatInstant(nowMs - 5 * MINUTE_MS), cell: CELL },
        { unit: 'K-1', at: formatInstant(nowMs - 10 * MINUTE_MS), cell: cellAt(THERE.lat, THERE.lon) },
      ],
    });
    const others: Partial<Principal>[] = [
      { role: 'wall' },
      { role: 'partner' },
      { role: 'dispatcher', forces: ['kent'] },
    ];
    for (const who of others)
      expect((await request('/api/patrols/units?force=norfolk', who)).status).toBe(403);
  });

  it('need a cell or a force, a span that is not too long, and somebody signed in', async () => {
    for (const query of [
      '',
      'cell=x',
      `cell=${CELL}&force=kent`,
      'force=kent&from=2020-01-01T00:00:00Z',
      'force=kent&from=today',
    ])
      expect((await request(`/api/patrols/minutes?${query}`)).status).toBe(400);
    expect((await fetch(`${forewatch.server.url}/api/patrols/minutes?force=kent`)).status).toBe(401);
    expect((await fetch(`${forewatch.server.url}/api/patrols`)).status).toBe(401);
  });
});
