/** The national roll-up of a real server: what feeds told, what is ranked, and which forces nobody tells of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validate } from '../../server/feeds/validate.ts';
import { markAnnounced } from '../../server/store/batch-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import type { Principal } from '../../server/access/policy.ts';
import type { Force } from '../../shared/force.ts';
import type { National, NationalRow } from '../../shared/national.ts';
import { DAY_MS, formatInstant, MINUTE_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

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

async function ask(query: string, principal: Partial<Principal> = {}): Promise<Response> {
  return fetch(`${forewatch.server.url}/api/national?${query}`, {
    headers: { authorization: `Bearer ${await forewatch.token(principal)}` },
  });
}

async function national(principal: Partial<Principal> = {}): Promise<National> {
  const response = await ask('theme=all&horizonHours=8', principal);
  return (await response.json()) as National;
}

const rowOf = ({ forces }: National, force: Force): NationalRow | undefined =>
  forces.find((row) => row.force === force);

async function publish(feed: string, force: 'kent' | 'surrey', agoMs: number): Promise<void> {
  const occurredAt = formatInstant(Date.now() - agoMs);
  await forewatch.publish(`incidents.v1.police.${feed}`, incidentMessage({ force, occurredAt }));
}

/** What a feed told of Surrey so many days ago, of which LIVE no longer knows. */
async function store(feed: string, daysAgo: number): Promise<void> {
  const streamAtMs = Date.now() - daysAgo * DAY_MS;
  const message = incidentMessage({ force: 'surrey', occurredAt: formatInstant(streamAtMs) });
  const context = {
    agency: 'police',
    feed,
    streamAtMs,
    clock: 'system',
    allowOrigins: new Set(['live'] as const),
  } as const;
  const validated = validate(Buffer.from(JSON.stringify(message)), context);
  if ('rejection' in validated) throw new Error(validated.rejection.reason);
  const arrival = { ...validated.accepted, streamAtMs, streamSeq: 1_000 + daysAgo };
  const [outcome] = await storeIncidents(forewatch.database, [arrival]);
  if (outcome?.kind !== 'stored') throw new Error('not stored');
  await markAnnounced(forewatch.database, [outcome.batch]);
}

describe('the national roll-up', () => {
  it('needs theme and horizon, and somebody signed in', async () => {
    expect((await ask('theme=all')).status).toBe(400);
    expect((await ask('theme=tea&horizonHours=8')).status).toBe(400);
    expect((await fetch(`${forewatch.server.url}/api/national?theme=all&horizonHours=8`)).status).toBe(401);
  });

  it('says of every force that nothing is known of it, while no feed tells of any', async () => {
    const { forces, total } = await national();
    expect(forces).toHaveLength(44);
    expect(
      forces.every(({ data, counts, forecast }) => data === 'none' && counts === null && forecast === null),
    ).toBe(true);
    expect(total).toMatchObject({ forces: { live: 0, none: 43 }, counts: null, hotspots: null });
  });

  it('counts and ranks a force that a feed tells of, and goes on saying so of the others', async () => {
    for (const agoMs of [MINUTE_MS, 3 * MINUTE_MS, DAY_MS / 6]) await publish('kent-cad', 'kent', agoMs);
    const found = await until(national, (answer) => {
      const kent = rowOf(answer, 'kent');
      return kent?.counts?.last24Hours === 3 && kent.forecast !== null;
    });
    expect(rowOf(found, 'kent')).toMatchObject({
      data: 'live',
      feeds: { live: 1, late: 0, silent: 0 },
      counts: { lastHour: 2, last8Hours: 3, last24Hours: 3 },
      forecast: { unavailable: null, ageSeconds: expect.any(Number) },
    });
    expect(rowOf(found, 'surrey')).toMatchObject({ data: 'none', counts: null, forecast: null });
    expect(found.total).toMatchObject({ forces: { live: 1, none: 42 }, counts: { last24Hours: 3 } });
  });

  it('knows after a restart which feeds told of a force, however long ago in the last quarter', async () => {
    await store('surrey-long-gone', 120);
    await store('surrey-weekly', 60);
    await forewatch.restart();
    await ready();
    const found = await national();
    expect(rowOf(found, 'surrey')).toMatchObject({
      data: 'silent',
      feeds: { live: 0, late: 0, silent: 1 },
      counts: { lastHour: 0, last8Hours: 0, last24Hours: 0 },
    });
    expect(rowOf(found, 'kent')).toMatchObject({ data: 'live', counts: { last24Hours: 3 } });
    expect(rowOf(found, 'essex')).toMatchObject({ data: 'none', counts: null });
  });

  it('shows nobody more forces than they may see', async () => {
    const { forces, total } = await national({ forces: ['surrey', 'essex'] });
    expect(forces.map(({ force }) => force)).toEqual(['essex', 'surrey']);
    expect(total).toMatchObject({ forces: { silent: 1, none: 1 }, counts: { last24Hours: 0 } });
  });

  it('describes its answer in /api/docs', async () => {
    const response = await fetch(`${forewatch.server.url}/api/docs`, {
      headers: { authorization: `Bearer ${await forewatch.token()}` },
    });
    const { paths } = (await response.json()) as { paths: Record<string, unknown> };
    expect(JSON.stringify(paths['/api/national'])).toContain('last24Hours');
    expect(JSON.stringify(paths['/api/force-areas'])).toContain('squareKilometres');
  });
});
