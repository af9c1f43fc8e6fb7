/** From stored incidents to ranked hotspots and issued forecasts, with the real model, through restarts and without a model. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getResolution } from 'h3-js';
import { afterEach, describe, expect, it } from 'vitest';
import type { ForecastsIssued, HotspotsRanked } from '../../shared/announcement.ts';
import { cellAt } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { THEMES } from '../../shared/theme.ts';
import { HOUR_MS, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import type { Config } from '../../server/config.ts';
import { ForecastMemory } from '../../server/forecast/memory.ts';
import { loadCheckpoints } from '../../server/store/checkpoint-store.ts';
import { incidentMessage } from '../support/incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { liveMessages } from '../support/live-messages.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { ownsDatabase } from '../support/real-servers.ts';
import { until } from '../support/until.ts';

const TIME_ZONE = new TimeZone('Europe/London');
let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

async function start(change: Partial<Config> = {}, { ownServer = false } = {}): Promise<RealForewatch> {
  forewatch = await realForewatch({ forecastIntervalSeconds: 0.3, ...change }, {}, { ownServer });
  return forewatch;
}

/** One after the other, so that they are stored in this order. */
async function send(own: RealForewatch, messages: readonly IncidentMessage[]): Promise<void> {
  for (const message of messages) await own.publish('incidents.v1.police.forecast', message);
}

async function announced<Kind extends 'hotspots.ranked' | 'forecasts.issued'>(
  own: RealForewatch,
  kind: Kind,
): Promise<(Kind extends 'hotspots.ranked' ? HotspotsRanked : ForecastsIssued)[]> {
  const messages = await liveMessages(own.server.services.live);
  return messages.map(({ announcement }) => announcement).filter(({ type }) => type === kind) as never;
}

/** The latest ranking of all incidents, once it chooses from so many cells. */
async function rankingOf(own: RealForewatch, areaCells: number): Promise<HotspotsRanked> {
  const ranked = await until(
    async () =>
      (await announced(own, 'hotspots.ranked')).findLast(
        ({ theme, horizonHours }) => theme === 'all' && horizonHours === 24,
      ),
    (found) => found?.areaCells === areaCells,
    30_000,
  );
  if (ranked === undefined) throw new Error('unreachable');
  return ranked;
}

const place = (index: number): { lat: number; lon: number } => ({ lat: 51.4 + index * 0.01, lon: -0.3 });
const cellOf = (index: number): string => cellAt(place(index).lat, place(index).lon);

/** Incidents in so many cells, an hour apart, up to now; the first cell has most. */
function incidentsUpTo(nowMs: number, count: number, cells: number): IncidentMessage[] {
  return Array.from({ length: count }, (_, index) =>
    incidentMessage({
      occurredAt: new Date(nowMs - (count - index) * 20 * MINUTE_MS).toISOString(),
      location: place(index % 3 === 0 ? 0 : index % cells),
    }),
  );
}

describe('what is stored', () => {
  it('changes the ranking before the next tick', async () => {
    const own = await start();
    await send(own, incidentsUpTo(Date.now(), 60, 8));
    await rankingOf(own, 8);
    // From here the only tick is the one at the start.
    const restartedAt = new Date().toISOString();
    await own.restart({ forecastIntervalSeconds: 3_600 });
    const before = await until(
      () => rankingOf(own, 8),
      ({ at }) => at >= restartedAt,
      30_000,
    );
    const [hotspot] = before.hotspots;
    const more = Array.from({ length: 5 }, () =>
      incidentMessage({ occurredAt: new Date().toISOString(), location: place(0) }),
    );
    await send(own, more);
    const after = await until(
      () => rankingOf(own, 8),
      ({ hotspots }) => (hotspots[0]?.expected ?? 0) > (hotspot?.expected ?? NaN) * 1.05,
      30_000,
    );
    expect(after.hotspots[0]?.cell).toBe(cellOf(0));
    expect(after.hotspots[0]?.observed).toBeGreaterThan(hotspot?.observed ?? NaN);
    expect(after.window).toEqual(before.window);
  });

  it('is not told anew of every cell by a forecaster that restarts: only of those that moved', async () => {
    const own = await start();
    await send(own, incidentsUpTo(Date.now(), 60, 8));
    const ofDay = (ranked: readonly HotspotsRanked[]): HotspotsRanked[] =>
      ranked.filter(({ theme, horizonHours }) => theme === 'all' && horizonHours === 24);
    // All of them are counted: from then on a ranking finds nothing that moved.
    await until(
      async () => {
        const told = (await liveMessages(own.server.services.live)).map(({ announcement }) => announcement);
        const stored = told.flatMap((one) => (one.type === 'incidents.stored' ? one.changes : []));
        const last = told.findLastIndex(({ type }) => type === 'incidents.stored');
        const since = told.slice(last).filter((one) => one.type === 'hotspots.ranked');
        return {
          stored: stored.length,
          still: ofDay(since).filter(({ moved }) => moved.length === 0).length,
        };
      },
      ({ stored, still }) => stored === 60 && still >= 2,
    );
    await own.server.stop();
    const stoppedAt = new Date().toISOString();
    await own.restart();
    const after = await until(
      async () => (await announced(own, 'hotspots.ranked')).filter(({ at }) => at >= stoppedAt),
      (ranked) => ofDay(ranked).length > 0,
    );
    // In some seconds none of a day's expectations moves by 5 %.
    expect(ofDay(after).flatMap(({ moved }) => moved)).toEqual([]);
  });

  it('becomes a ranking with what is expected, its interval and what was observed', async () => {
    const own = await start();
    const nowMs = Date.now();
    const messages = incidentsUpTo(nowMs, 60, 8);
    await send(own, messages);
    const first = await rankingOf(own, 8);
    const { card } = modelOf(own);
    expect(first).toMatchObject({ force: 'unassigned', modelId: card.id, unavailable: null });
    expect(Date.parse(first.window.to) - Date.parse(first.window.from)).toBe(24 * HOUR_MS);
    const observed = messages.filter(({ location }) => location.lat === place(0).lat).length;
    const ranked = await until(
      () => rankingOf(own, 8),
      ({ hotspots }) => hotspots[0]?.observed === observed,
    );
    const [top] = ranked.hotspots;
    expect(top).toMatchObject({ rank: 1, cell: cellOf(0), observed });
    expect(top?.expected).toBeGreaterThan(0);
    expect(top?.lower).toBeLessThanOrEqual(top?.upper ?? NaN);
    expect(ranked.hotspots).toHaveLength(1);
    expect(ranked.coarse.hotspots.every(({ cell }) => getResolution(cell) === 7)).toBe(true);
    const rankings = await until(
      () => announced(own, 'hotspots.ranked'),
      (all) =>
        new Set(all.map(({ theme, horizonHours }) => `${theme} ${horizonHours}`)).size === THEMES.length * 3,
    );
    const moved = rankings
      .filter(({ theme, horizonHours }) => theme === 'all' && horizonHours === 24)
      .flatMap((one) => one.moved);
    expect(new Set(moved.map(([cell]) => cell)).size).toBe(8);
  });
});

function modelOf({ server }: RealForewatch): { card: { id: string } } {
  const { model } = server.services;
  if ('unavailable' in model) throw new Error(model.unavailable);
  return model.loaded;
}

/** The histories that somebody has who counted everything in LIVE without ever restarting. */
async function uninterrupted(own: RealForewatch): Promise<Record<string, string>> {
  const memory = new ForecastMemory(TIME_ZONE);
  for (const { announcement } of await liveMessages(own.server.services.live)) {
    if (announcement.type !== 'incidents.stored') continue;
    for (const change of memory.newChanges(announcement)) memory.count(change);
  }
  return byPart(memory.encode());
}

/** Stops the server, which saves a checkpoint, and starts it again. */
async function restarted(own: RealForewatch): Promise<Record<string, string>> {
  await own.server.stop();
  const saved = await loadCheckpoints(own.database);
  await own.restart();
  return byPart(saved?.parts ?? []);
}

function byPart(parts: readonly { part: string; state: Uint8Array }[]): Record<string, string> {
  const histories = parts.filter(({ part }) => part.startsWith('history:'));
  expect(histories.length).toBeGreaterThan(0);
  return Object.fromEntries(
    histories.map(({ part, state }) => [part, Buffer.from(state).toString('base64')]),
  );
}

describe('the forecaster’s memory', () => {
  it('is bit for bit that of one that never restarted, through restarts, a database away, and corrections', async () => {
    const own = await start({}, { ownServer: true });
    const [first = incidentMessage(), second = incidentMessage(), ...more] = incidentsUpTo(Date.now(), 40, 5);
    await send(own, [first, second, ...more.slice(0, 20)]);
    await rankingOf(own, 5);
    await restarted(own);
    await send(own, [{ ...first, revision: 2, category: 'robbery', location: place(6) }, ...more.slice(20)]);
    await rankingOf(own, 6);
    if (ownsDatabase) await own.postgres.restart();
    await send(own, [
      { ...second, revision: 2, status: 'cancelled' },
      incidentMessage({ location: place(7), force: 'kent' }),
      incidentMessage({ location: place(8) }),
    ]);
    await rankingOf(own, 7);
    const memory = await restarted(own);
    expect(Object.keys(memory).toSorted()).toEqual(['history:kent', 'history:unassigned']);
    expect(memory).toEqual(await uninterrupted(own));
  });

  it('is rebuilt from the database where its checkpoint is lost, and the rolling counts with it', async () => {
    const own = await start();
    const messages = incidentsUpTo(Date.now(), 40, 5);
    await send(own, messages);
    const before = await rankingOf(own, 5);
    await own.server.stop();
    await own.database.query('delete from forecast_checkpoints');
    const { rows } = await own.database.query<{ at: Date }>('select max(received_at) as at from incidents');
    await own.restart();
    const after = await until(
      () => rankingOf(own, 5),
      ({ at }) => Date.parse(at) > Date.parse(before.at) && Date.parse(at) > (rows[0]?.at.getTime() ?? 0),
    );
    expect(after.hotspots[0]?.observed).toBe(
      messages.filter(({ location }) => location.lat === place(0).lat).length,
    );
    // Nothing that is announced again is counted again.
    await send(own, [incidentMessage({ location: place(9), occurredAt: new Date().toISOString() })]);
    await rankingOf(own, 6);
    expect(await restarted(own)).toEqual(await uninterrupted(own));
  });
});

describe('forecasts under a recording’s clock', () => {
  const clock = async (own: RealForewatch, at: string): Promise<void> => {
    own.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
    await own.connection.flush();
    await until(
      () => own.server.services.clock.now(),
      (nowMs) => nowMs === Date.parse(at),
    );
  };
  const recorded = (minute: number, index: number): IncidentMessage =>
    incidentMessage({
      origin: 'recorded',
      occurredAt: new Date(Date.parse('2019-01-10T00:00:00Z') + minute * MINUTE_MS).toISOString(),
      location: place(index),
    });

  it('are issued at their time, whole, without what became known later, and announced once', async () => {
    const own = await start({ clock: 'feed' });
    await clock(own, '2019-01-10T08:50:00.000Z');
    await send(
      own,
      Array.from({ length: 50 }, (_, index) => recorded(index * 10, index % 4)),
    );
    await rankingOf(own, 4);
    await clock(own, '2019-01-10T09:05:00.000Z');
    await send(own, [recorded(9 * 60 + 5, 12)]);
    await rankingOf(own, 5);
    const issued = await until(
      () => announced(own, 'forecasts.issued'),
      ({ length }) => length === THEMES.length,
    );
    for (const one of issued) {
      expect(one).toMatchObject({
        at: '2019-01-10T09:00:00.000Z',
        horizonHours: 1,
        window: { from: '2019-01-10T09:00:00.000Z', to: '2019-01-10T10:00:00.000Z' },
        modelId: modelOf(own).card.id,
        cells: 4,
      });
    }
    const get = async (
      query: string,
      role: 'wall' | 'partner' = 'wall',
    ): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${await own.token({ role })}` };
      const response = await fetch(`${own.server.url}/api/forecasts?force=unassigned&${query}`, { headers });
      return { status: response.status, ...((await response.json()) as object) };
    };
    const whole = await get('theme=all&horizonHours=1');
    expect(whole).toMatchObject({
      id: issued.find(({ theme }) => theme === 'all')?.id,
      issuedAt: '2019-01-10T09:00:00.000Z',
      coarse: false,
    });
    expect(whole['cells']).toEqual([0, 1, 2, 3].map(cellOf));
    expect((whole['expected'] as number[]).every((value) => value > 0)).toBe(true);
    const vague = await get('theme=all&horizonHours=1', 'partner');
    expect(vague).toMatchObject({ coarse: true });
    expect((vague['cells'] as string[]).every((cell) => getResolution(cell) === 7)).toBe(true);
    expect(sum(vague)).toBeCloseTo(sum(whole), 6);
    expect((await get('theme=vawg&horizonHours=1'))['coarse']).toBe(true);
    expect((await get('theme=all&horizonHours=1&at=2019-01-10T08:59:59Z'))['status']).toBe(404);
    expect((await get('theme=all&horizonHours=8'))['status']).toBe(404);
    // A shift begins, and the clock is in haste: what it passes over is not made up for.
    await until(
      async () => (await own.database.query<object>('select from outbox')).rows.length,
      (left) => left === 0,
    );
    await clock(own, '2019-01-10T14:00:00.000Z');
    const later = await until(
      () => announced(own, 'forecasts.issued'),
      ({ length }) => length >= 3 * THEMES.length,
    );
    expect(later.map(({ window, horizonHours }) => `${horizonHours} ${window.from}`).toSorted()).toEqual([
      ...THEMES.map(() => '1 2019-01-10T09:00:00.000Z'),
      ...THEMES.map(() => '1 2019-01-10T14:00:00.000Z'),
      ...THEMES.map(() => '8 2019-01-10T14:00:00.000Z'),
    ]);
    const health = await until(
      () => own.server.services.health.stages().find(({ stage }) => stage === 'forecast'),
      (stage) => stage?.notice !== undefined,
    );
    expect(health).toMatchObject({
      ok: true,
      notice: 'issues left out, as the clock runs faster than they are made: 4',
    });
    const { rows } = await own.database.query<{ id: number }>('select forecast as id from forecasts');
    expect(later.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    expect(await get('theme=all&horizonHours=8')).toMatchObject({
      window: { to: '2019-01-10T22:00:00.000Z' },
      cells: { length: 5 },
    });
  });
});

const sum = (forecast: Record<string, unknown>): number =>
  (forecast['expected'] as number[]).reduce((total, value) => total + value, 0);

describe('without a model', () => {
  it('incidents go on, and the wall is told that there is no forecast and why', async () => {
    const own = await start({ modelDir: mkdtempSync(join(tmpdir(), 'no-model-')) });
    await until(
      () => own.server.services.health.ready,
      (ready) => ready,
    );
    const client = await LiveClient.connect(own.server.url, await own.token());
    await client.snapshot();
    const message = incidentMessage({ id: 'still-shown' });
    await send(own, [message]);
    await client.incident('still-shown');
    const told = await until(
      () => client.deltas.find(({ type }) => type === 'hotspots.ranked'),
      (found) => found !== undefined,
    );
    expect(told).toMatchObject({ modelId: null, hotspots: [], areaCells: 0 });
    expect(told).toHaveProperty('unavailable', expect.stringContaining('no model'));
    expect((await client.snapshot()).hotspots).toMatchObject([
      { unavailable: expect.stringContaining('no model') as string },
    ]);
    await client.close();
  });
});
