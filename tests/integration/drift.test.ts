/** A forecast that has come loose from what happens: said, or switched off, until it has recovered or somebody vouches for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../server/config.ts';
import { saveDrift } from '../../server/store/drift-store.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { cellCentre } from '../../shared/cell.ts';
import type { HotspotRanking } from '../../shared/messages.ts';
import { DAY_MS, formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch } from '../support/known-incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { liveMessages } from '../support/live-messages.ts';
import { called, writeShippedModel } from '../support/model-files.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const SERIES = { force: 'kent', theme: 'all', horizonHours: 24 } as const;
const PER_DAY = 12;
const CELLS = patch(1);
const DAYS = 40;
const TODAY_MS = new TimeZone('Europe/London').startOfDay(Date.now());
/** The beginning of a day, counted from today; the last days have not settled yet. */
const daysAgo = (days: number): number => TODAY_MS - days * DAY_MS;

let own: RealForewatch;
let client: LiveClient;
let models: string;
let modelId: string;
afterEach(async () => {
  await client.close();
  await own.dispose();
  await rm(models, { recursive: true });
});

async function start(forecastDrift: Config['forecastDrift']): Promise<void> {
  models = await mkdtemp(join(tmpdir(), 'forewatch-drift-'));
  modelId = await writeShippedModel(models);
  own = await realForewatch({ forecastIntervalSeconds: 0.3, forecastDrift, modelDir: models });
  await until(
    () => own.server.services.health.ready,
    (ready) => ready,
  );
  client = await LiveClient.connect(own.server.url, await own.token());
  await client.snapshot({ forces: ['kent'], horizonHours: 24 });
  for (let day = DAYS; day > 0; day--) {
    for (let i = 0; i < PER_DAY; i++) {
      const [lat, lon] = cellCentre(CELLS[(day + i) % CELLS.length] ?? '');
      const occurredAt = formatInstant(daysAgo(day) + (i * DAY_MS) / PER_DAY);
      const place = { location: { lat, lon }, force: 'kent' } as const;
      const message = incidentMessage({ origin: 'recorded', occurredAt, ...place });
      await own.publish('incidents.v1.police.drift', message);
    }
  }
  await until(
    async () => (await own.database.query<object>('select from incidents')).rows.length,
    (stored) => stored === DAYS * PER_DAY,
  );
}

/** As if so many incidents had been forecast for each of these days. */
async function issued(fromDaysAgo: number, toDaysAgo: number, expected: number): Promise<void> {
  for (let day = fromDaysAgo; day > toDaysAgo; day--) {
    const window = { from: formatInstant(daysAgo(day)), to: formatInstant(daysAgo(day - 1)) };
    await storeForecast(own.database, {
      ...{ ...SERIES, issuedAt: window.from, window, modelId, dispersion: 0.3 },
      cells: CELLS,
      expected: new Float32Array(CELLS.length).fill(expected / CELLS.length),
    });
  }
}

async function ranked(is: (ranking: HotspotRanking) => boolean): Promise<HotspotRanking> {
  const found = await until(
    () =>
      client.deltas.findLast(
        (delta): delta is typeof delta & { type: 'hotspots.ranked' } => delta.type === 'hotspots.ranked',
      ),
    (delta) => delta !== undefined && is(delta),
    30_000,
  );
  if (found === undefined) throw new Error('unreachable');
  return found;
}

const isShown = ({ unavailable, notice, hotspots }: HotspotRanking): boolean =>
  unavailable === null && notice === undefined && hotspots.length > 0;

async function healthNotice(): Promise<unknown> {
  const answer = await fetch(`${own.server.url}/api/health/ready`);
  const { ready, stages } = (await answer.json()) as { ready: boolean; stages: { stage: string }[] };
  return { ready, ...stages.find(({ stage }) => stage === 'scorecard') };
}

describe('where drift is to be said', () => {
  beforeEach(() => start({ act: 'alert', low: 0.67, high: 1.5 }));

  it('stands beside the forecast, in what walls get and in health, until the forecast is right again', async () => {
    await issued(36, 14, PER_DAY * 3);
    const { notice, hotspots } = await ranked((ranking) => ranking.notice !== undefined);
    expect(notice).toBe('84 incidents came on the last 7 days, 252 were expected');
    expect(hotspots).not.toEqual([]);
    const { hotspots: snapshot } = await client.snapshot({ forces: ['kent'], horizonHours: 24 });
    expect(snapshot).toMatchObject([{ notice }]);
    await until(healthNotice, (said) => JSON.stringify(said).includes('1 of the forecasts drift'));
    expect(await healthNotice()).toMatchObject({ ready: true, ok: true });
    await issued(14, 5, PER_DAY);
    await ranked(isShown);
    await until(healthNotice, (said) => !JSON.stringify(said).includes('notice'));
  });

  it('is not said of what another model forecast', async () => {
    await issued(36, 14, PER_DAY * 3);
    await ranked((ranking) => ranking.notice !== undefined);
    await writeShippedModel(models, called('another'));
    await ranked((ranking) => isShown(ranking) && ranking.modelId !== modelId);
  });
});

describe('where drift is to switch off', () => {
  beforeEach(() => start({ act: 'off', low: 0.67, high: 1.5 }));

  it('shows no forecast and says why; the map goes on, and so does the forecast once it is right again', async () => {
    await issued(36, 14, PER_DAY / 3);
    const { unavailable, hotspots } = await ranked((ranking) => ranking.unavailable !== null);
    expect(unavailable).toBe(
      'switched off, since it drifts: 84 incidents came on the last 7 days, 28 were expected',
    );
    expect(hotspots).toEqual([]);
    const message = incidentMessage({ occurredAt: new Date().toISOString(), force: 'kent' });
    await own.publish('incidents.v1.police.drift', message);
    await client.incident(message.id);
    await issued(14, 5, PER_DAY);
    await ranked(isShown);
  });
});

describe('the scorecard over HTTP', () => {
  beforeEach(() => start({ act: 'off', low: 0.67, high: 1.5 }));

  const ask = async (
    principal: Parameters<RealForewatch['token']>[0],
    path: string,
    body?: object,
  ): Promise<Record<string, unknown>> => {
    const headers: Record<string, string> = { authorization: `Bearer ${await own.token(principal)}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${own.server.url}${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const SCORECARD = '/api/scorecard?force=kent&theme=all&horizonHours=24';

  it('tells what came of what was issued, and lets an administrator vouch for a forecast', async () => {
    await issued(20, 4, PER_DAY / 3);
    await ranked((ranking) => ranking.unavailable !== null);
    const found = await until(
      () => ask({ role: 'analyst' }, SCORECARD),
      ({ days }) => (days as unknown[]).length === 16,
    );
    expect(found).toMatchObject({
      ...{ status: 200, stage: 'settled', modelIds: [modelId] },
      total: { windows: 16, uncoveredWindows: 0, incidents: 16 * PER_DAY, outside: 0, inAreaShare: 1 },
      drift: { withheld: true, reinstatedBy: null },
    });
    const { total, days } = found as { total: { observedOverExpected: number }; days: { date: string }[] };
    expect(total.observedOverExpected).toBeCloseTo(3, 4);
    expect(days.map(({ date }) => date)).toEqual(
      Array.from({ length: 16 }, (_, i) => formatInstant(daysAgo(20 - i) + 2 * HOUR_MS).slice(0, 10)),
    );
    const body = { force: 'kent', theme: 'all', horizonHours: 24 };
    expect(await ask({ role: 'analyst' }, '/api/scorecard/reinstate', body)).toMatchObject({ status: 403 });
    const by = { role: 'admin', name: 'the administrator' } as const;
    expect(await ask(by, '/api/scorecard/reinstate', body)).toMatchObject({ status: 200 });
    await ranked(isShown);
    expect(await ask(by, SCORECARD)).toMatchObject({
      drift: { reason: null, withheld: false, reinstatedBy: 'the administrator' },
    });
    // What has settled before is not held against it again.
    await issued(4, 2, PER_DAY / 3);
    await until(
      () => ask(by, SCORECARD),
      ({ days }) => (days as unknown[]).length > 16,
    );
    expect(await ask(by, SCORECARD)).toMatchObject({ drift: { reason: null } });
  });

  it('keeps to the policy: whose forces, which roles, and no single days of what one sees coarsely', async () => {
    await issued(20, 4, PER_DAY);
    await until(
      () => ask({ role: 'analyst' }, SCORECARD),
      ({ days }) => (days as unknown[]).length === 16,
    );
    // A screen in the room shows what its forecasts are worth.
    expect(await ask({ role: 'wall' }, SCORECARD)).toMatchObject({ status: 200 });
    expect(await ask({ role: 'analyst', forces: ['surrey'] }, SCORECARD)).toMatchObject({ status: 403 });
    const coarse = await ask({ role: 'partner' }, SCORECARD);
    expect(coarse).toMatchObject({ status: 200, days: [], total: { windows: 16 } });
    const day = `&from=${formatInstant(daysAgo(10))}&to=${formatInstant(daysAgo(9))}`;
    expect(await ask({ role: 'analyst' }, SCORECARD + day)).toMatchObject({ total: { windows: 1 } });
    expect(await ask({ role: 'partner' }, SCORECARD + day)).toMatchObject({ status: 403 });
    const vawg = SCORECARD.replace('theme=all', 'theme=vawg') + day;
    expect(await ask({ role: 'analyst' }, vawg)).toMatchObject({ status: 403 });
    expect(await ask({ role: 'analyst', cleared: true }, vawg)).toMatchObject({ status: 200 });
    const backwards = `&from=${formatInstant(daysAgo(9))}&to=${formatInstant(daysAgo(10))}`;
    expect(await ask({ role: 'analyst' }, SCORECARD + backwards)).toMatchObject({ status: 400 });
  });
});

describe('what is issued while it is switched off', () => {
  it('is stored to be scored, and neither announced nor handed out', async () => {
    models = await mkdtemp(join(tmpdir(), 'forewatch-drift-'));
    modelId = await writeShippedModel(models);
    const forecastDrift: Config['forecastDrift'] = { act: 'off', low: 0.67, high: 1.5 };
    own = await realForewatch({
      forecastIntervalSeconds: 0.3,
      forecastDrift,
      modelDir: models,
      clock: 'feed',
    });
    await until(
      () => own.server.services.health.ready,
      (ready) => ready,
    );
    client = await LiveClient.connect(own.server.url, await own.token());
    await client.snapshot({ forces: ['kent'], themes: ['all', 'burglary'] });
    await saveDrift(
      own.database,
      { force: 'kent', theme: 'burglary', horizonHours: 1 },
      { modelId, reason: 'a reason', sinceMs: 0 },
    );
    const clock = (at: string): void => {
      own.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
    };
    clock('2019-01-10T08:50:00.000Z');
    const occurredAt = '2019-01-10T08:45:00.000Z';
    await own.publish(
      'incidents.v1.police.drift',
      incidentMessage({ origin: 'recorded', occurredAt, force: 'kent' }),
    );
    await ranked(({ theme, unavailable }) => theme === 'burglary' && unavailable !== null);
    clock('2019-01-10T09:00:00.000Z');
    const rows = await until(
      async () => {
        const found = await own.database.query<{ theme: string; withheld: string | null }>(
          `select theme, withheld from forecasts where theme in ('all', 'burglary') order by theme`,
        );
        return found.rows;
      },
      ({ length }) => length === 2,
    );
    const reason = 'switched off, since it drifts: a reason';
    expect(rows).toEqual([
      { theme: 'all', withheld: null },
      { theme: 'burglary', withheld: reason },
    ]);
    const answer = async (theme: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${await own.token()}` };
      const query = `force=kent&theme=${theme}&horizonHours=1`;
      const response = await fetch(`${own.server.url}/api/forecasts?${query}`, { headers });
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await answer('all')).toMatchObject({ status: 200 });
    expect(await answer('burglary')).toMatchObject({
      ...{ status: 404, detail: `no forecast is shown: ${reason}` },
    });
    await until(
      async () => (await own.database.query<object>('select from outbox')).rows.length,
      (left) => left === 0,
    );
    const announced = await liveMessages(own.server.services.live);
    const issues = announced.flatMap(({ announcement }) =>
      announcement.type === 'forecasts.issued' ? [announcement.theme] : [],
    );
    expect(issues).toContain('all');
    expect(issues).not.toContain('burglary');
  });
});
