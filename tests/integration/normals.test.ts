/** What is usual at these hours of the week, as a real server tells it: to whom, from what, and where it cannot. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { Normals as KeptNormals } from '../../server/normals/normals.ts';
import type { Normals } from '../../shared/force-normals.ts';
import type { Force } from '../../shared/force.ts';
import type { National } from '../../shared/national.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { fillSteadily } from '../support/steady-past.ts';
import { until } from '../support/until.ts';

const WEEK_MS = 7 * DAY_MS;
let forewatch: RealForewatch;
let startMs: number;

beforeAll(async () => {
  forewatch = await realForewatch();
  startMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const { database } = forewatch;
  // A year of twelve an hour, with a fortnight's silence in it; and what officers found, which is none of it.
  const year = { force: 'kent', fromMs: startMs - 54 * WEEK_MS, toMs: startMs - 2 * HOUR_MS } as const;
  await fillSteadily(database, { ...year, perHour: 12, toMs: startMs - 20 * WEEK_MS });
  await fillSteadily(database, { ...year, perHour: 12, fromMs: startMs - 18 * WEEK_MS });
  await fillSteadily(database, {
    ...year,
    perHour: 5,
    category: 'drugs',
    discovery: 'officer',
    fromMs: startMs - WEEK_MS,
  });
  // Not four weeks.
  await fillSteadily(database, { force: 'surrey', fromMs: startMs - 3 * WEEK_MS, toMs: startMs, perHour: 6 });
  await forewatch.restart();
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

function request(path: string, query: string, principal: Partial<Principal>): Promise<Response> {
  return forewatch
    .token(principal)
    .then((token) =>
      fetch(`${forewatch.server.url}${path}?${query}`, { headers: { authorization: `Bearer ${token}` } }),
    );
}

async function ask(query: string, principal: Partial<Principal> = {}): Promise<Normals> {
  return (await (await request('/api/normals', query, principal)).json()) as Normals;
}

const rowOf = ({ forces }: Normals, force: Force) => forces.find((row) => row.force === force);

describe('what is usual', () => {
  it('is told from a year of the same hours, without what officers found and without a silent fortnight', async () => {
    const found = await ask('theme=all&hours=8');
    const normal = { expected: expect.closeTo(96, 0), weeks: expect.any(Number) };
    expect(rowOf(found, 'kent')).toMatchObject({ data: 'live', normal, reason: null });
    const kent = rowOf(found, 'kent')?.normal;
    // Of 52 weeks two were silent, and so were the weeks that reach into them.
    expect(kent?.weeks).toBeGreaterThanOrEqual(48);
    expect(kent?.weeks).toBeLessThanOrEqual(50);
    expect(kent?.lower).toBeGreaterThan(70);
    expect(kent?.upper).toBeLessThan(120);
    expect(kent?.lower95).toBeLessThan(kent?.lower ?? 0);
  });

  it('stands beside what was reported in the window, to the minute', async () => {
    const before = rowOf(await ask('theme=all&hours=1'), 'kent');
    const occurredAt = formatInstant(Date.now() - MINUTE_MS);
    const subject = 'incidents.v1.police.cad';
    await forewatch.publish(subject, incidentMessage({ force: 'kent', occurredAt }));
    await forewatch.publish(subject, incidentMessage({ force: 'kent', occurredAt, category: 'drugs' }));
    const wrong = incidentMessage({ force: 'kent', occurredAt });
    await forewatch.publish(subject, wrong);
    await forewatch.publish(subject, { ...wrong, revision: 2, status: 'cancelled' });
    await forewatch.publish(subject, incidentMessage({ force: 'kent', occurredAt, category: 'robbery' }));
    // A weapon possession is found by an officer, unless it says otherwise.
    await until(
      () => ask('theme=all&hours=1'),
      (found) => rowOf(found, 'kent')?.reported === (before?.reported ?? 0) + 2,
    );
    const burglaries = await ask('theme=burglary&hours=1');
    expect(rowOf(burglaries, 'kent')?.reported).toBe((before?.reported ?? 0) + 1);
  });

  it('is unknown, and says why, with less than four weeks and where no feed tells of a force', async () => {
    const found = await ask('theme=all&hours=24');
    expect(rowOf(found, 'surrey')).toMatchObject({ normal: null, reason: 'history-too-short' });
    expect(rowOf(found, 'surrey')?.reported).toBeGreaterThan(100);
    expect(rowOf(found, 'essex')).toEqual({
      ...{ force: 'essex', data: 'none', reported: null, normal: null, reason: 'no-data' },
    });
    expect(found.total).toMatchObject({ normal: null, reason: 'history-too-short' });
  });

  it.each(ACCESS_ROLES)('is told to a %s, of the forces that they may see', async (role) => {
    const all = await ask('theme=vawg&hours=168', { role });
    expect(all.forces).toHaveLength(44);
    const some = await ask('theme=all&hours=168', { role, forces: ['kent', 'essex'] });
    expect(some.forces.map(({ force }) => force)).toEqual(['essex', 'kent']);
    expect(some.total).toMatchObject({ normal: rowOf(some, 'kent')?.normal, reason: null });
    expect(
      (await request('/api/normals', 'theme=all&hours=8&force=surrey', { role, forces: ['kent'] })).status,
    ).toBe(403);
  });

  it('needs somebody signed in, a theme and one of its windows', async () => {
    expect((await fetch(`${forewatch.server.url}/api/normals?theme=all&hours=8`)).status).toBe(401);
    expect((await request('/api/normals', 'theme=all&hours=9', {})).status).toBe(400);
    expect((await request('/api/normals', 'hours=8', {})).status).toBe(400);
  });

  it('is in the national roll-up', async () => {
    const response = await request('/api/national', 'theme=all&horizonHours=8', {
      forces: ['kent', 'essex'],
    });
    const { forces, total } = (await response.json()) as National;
    const kent = forces.find(({ force }) => force === 'kent');
    expect(kent?.normals?.last24Hours).toMatchObject({
      normal: { expected: expect.closeTo(288, -1) },
      reason: null,
    });
    expect(total.normals).toEqual(kent?.normals);
    expect(forces.find(({ force }) => force === 'essex')?.normals).toBeNull();
  });
});

describe('the year that normals are told from', () => {
  it('is counted anew when that is due, or when a recording starts over, and says where a clock outruns it', async () => {
    const { database } = forewatch;
    let [nowMs, speed, real] = [startMs, 1, 0];
    const clock = {
      kind: 'feed' as const,
      now: () => nowMs,
      get speed() {
        return speed;
      },
    };
    const normals = new KeptNormals({ database, clock, timeZone: 'Europe/London', monotonic: () => real });
    const reasonAt = async (): Promise<string | null> => {
      real += 10_000;
      return (await normals.of(['kent'], 'burglary', 24)).reason;
    };
    expect(await reasonAt()).toBe('not-counted');
    await normals.refresh();
    expect(await reasonAt()).toBeNull();
    // A month in ten seconds; half a year in ten more.
    speed = 259_200;
    nowMs += 4 * WEEK_MS;
    expect(await reasonAt()).toBeNull();
    nowMs += 26 * WEEK_MS;
    real += 10_000;
    // As far as the recording has got: what runs ahead of it is the clock alone.
    expect(await normals.endMs()).toBeLessThan(nowMs);
    nowMs = startMs - 40 * WEEK_MS;
    speed = 1;
    await normals.refresh();
    real += 10_000;
    const { normal } = await normals.of(['kent'], 'burglary', 24);
    expect(normal?.weeks).toBeLessThan(15);
    expect(normal?.expected).toBeCloseTo(288, -1);
  });
});
