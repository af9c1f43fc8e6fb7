/** From an issued forecast to its score: as its window closed, and as it settled, whatever happened in between. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WindowScores } from '../../server/scorecard/score-window.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { selectScores, type StoredScore } from '../../server/store/score-store.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import type { ScoreStage } from '../../shared/scorecard.ts';
import { THEMES } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch } from '../support/known-incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { until } from '../support/until.ts';
import { cellCentre } from '../../shared/cell.ts';

const SPAN = { fromMs: 0, toMs: Date.parse('2100-01-01T00:00:00Z') };

function scoresOf(
  database: Database,
  stage: ScoreStage,
  change: Partial<Parameters<typeof selectScores>[1]> = {},
): Promise<StoredScore[]> {
  const series = { force: 'unassigned', theme: 'all', horizonHours: 1 } as const;
  return selectScores(database, { ...series, ...SPAN, stage, ...change });
}

describe('what a recording’s clock has issued', () => {
  let own: RealForewatch;
  beforeEach(async () => {
    own = await realForewatch({ forecastIntervalSeconds: 0.3, clock: 'feed' });
  });
  afterEach(() => own.dispose());

  const clock = async (at: string): Promise<void> => {
    own.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
    await own.connection.flush();
    await until(
      () => own.server.services.clock.now(),
      (nowMs) => nowMs === Date.parse(at),
    );
  };
  const happened = async (occurredAt: string, change: Partial<IncidentMessage> = {}): Promise<void> => {
    const message = incidentMessage({ origin: 'recorded', occurredAt, ...change });
    await own.publish('incidents.v1.police.scored', message);
  };

  it('is scored as its window closes, and again 48 hours later with what was reported late', async () => {
    await clock('2019-01-10T08:50:00.000Z');
    for (let minute = 0; minute < 50; minute++) {
      const location = { lat: 51.4 + (minute % 4) * 0.01, lon: -0.3 };
      await happened(`2019-01-10T07:${String(minute).padStart(2, '0')}:00Z`, { location });
    }
    const place = { location: { lat: 51.4, lon: -0.3 } };
    await until(
      async () => (await own.database.query<object>('select from incidents')).rows.length,
      (stored) => stored === 50,
    );
    await clock('2019-01-10T09:05:00.000Z');
    await happened('2019-01-10T09:05:00Z', place);
    await until(
      async () => (await own.database.query<object>('select from forecasts')).rows.length,
      (issued) => issued === THEMES.length,
    );
    const mistaken: Partial<IncidentMessage> = { ...place, id: 'mistaken' };
    await happened('2019-01-10T09:20:00Z', mistaken);
    await happened('2019-01-10T09:20:00Z', { location: { lat: 51.6, lon: -0.3 } });
    await happened('2019-01-10T10:01:00Z', place);
    const closed = await until(
      () => scoresOf(own.database, 'closed'),
      ({ length }) => length === 1,
    );
    expect(closed[0]).toMatchObject({
      ...{ cells: 4, outside: 1, covered: null, timedShare: 1, modelId: modelId(own) },
      model: { observed: 2 },
      naiveMap: { observed: 2 },
    });
    expect(closed[0]?.dispersion).toBeGreaterThan(0);
    expect(closed[0]?.model.expected).toBeGreaterThan(0);
    expect(closed[0]?.naiveMap.expected).toBeCloseTo(closed[0]?.model.expected ?? NaN, 6);
    await clock('2019-01-12T08:00:00.000Z');
    const reportedAt = '2019-01-12T08:00:00Z';
    await happened('2019-01-10T09:40:00Z', { ...place, reportedAt });
    await happened('2019-01-10T09:45:00Z', { ...place, reportedAt });
    const correction = { ...mistaken, revision: 2, status: 'cancelled', reportedAt } as const;
    await happened('2019-01-10T09:20:00Z', correction);
    await clock('2019-01-12T10:30:00.000Z');
    await happened('2019-01-10T09:50:00Z', { ...place, reportedAt: '2019-01-12T10:30:00Z' });
    const settled = await until(
      () => scoresOf(own.database, 'settled'),
      ({ length }) => length === 1,
    );
    expect(settled[0]).toMatchObject({ outside: 1, covered: true, model: { observed: 3 } });
    expect(settled[0]?.model.expected).toBe(closed[0]?.model.expected);
    // Once is enough, and the first score stands.
    const { rows } = await own.database.query<{ scores: number; scored: number }>(
      'select (select count(*) from scores where horizon_hours = 1) as scores, min(scored) as scored from forecasts where horizon_hours = 1 and window_to < $1',
      ['2019-01-10T12:00:00Z'],
    );
    expect(rows).toEqual([{ scores: 2 * THEMES.length, scored: 2 }]);
    expect(await scoresOf(own.database, 'closed')).toEqual(closed);
  });
});

function modelId({ server }: RealForewatch): string {
  const { model } = server.services;
  if ('unavailable' in model) throw new Error(model.unavailable);
  return model.loaded.id;
}

describe('scoring', () => {
  const FROM_MS = Date.parse('2026-01-05T00:00:00Z');
  const CELLS = patch(2);
  const NOW_MS = FROM_MS + 30 * DAY_MS;
  const WINDOWS = 12;
  let postgres: RealServer;
  let database: Database;
  beforeAll(async () => {
    postgres = await realDatabase();
    database = openDatabase({ url: postgres.url, name: 'test' });
    const messages = Array.from({ length: 40 * 24 }, (_, i) => {
      const [lat, lon] = cellCentre(CELLS[(i * i) % CELLS.length] ?? '');
      const occurredAt = formatInstant(FROM_MS - 20 * DAY_MS + i * HOUR_MS);
      return incidentMessage({ occurredAt, location: { lat, lon }, force: 'kent' });
    });
    const arrivals = arrivalsOf(messages, 1).map((arrival, i) => {
      // Every fifth is told of a day late.
      const delayMs = i % 5 === 0 ? DAY_MS : 0;
      const receivedAt = formatInstant(Date.parse(arrival.stored.occurredAt) + delayMs);
      return { ...arrival, stored: { ...arrival.stored, receivedAt } };
    });
    await storeIncidents(database, arrivals);
  });
  afterAll(async () => {
    await database.end();
    await postgres.dispose();
  });
  beforeEach(async () => {
    await database.query('truncate forecasts, scores');
    for (let day = 0; day < WINDOWS; day++) await issue(FROM_MS + day * DAY_MS, 24);
  });

  async function issue(fromMs: number, horizonHours: HorizonHours): Promise<void> {
    const window = { from: formatInstant(fromMs), to: formatInstant(fromMs + horizonHours * HOUR_MS) };
    for (const theme of ['all', 'burglary'] as const) {
      await storeForecast(database, {
        ...{
          force: 'kent',
          theme,
          horizonHours,
          issuedAt: window.from,
          window,
          modelId: 'm',
          dispersion: 0.2,
        },
        cells: CELLS,
        expected: Float32Array.from(CELLS, (_, cell) => 24 / CELLS.length + cell * 0.01),
      });
    }
  }

  /** How many forecasts it has scored. */
  const drain = async (knownMs: number): Promise<number> => {
    const scores = new WindowScores(database, new TimeZone('Europe/London'));
    for (let done = 0; ;) {
      const window = await scores.next(knownMs, () => Promise.resolve());
      if (window === undefined) return done;
      done += window.forecasts.length;
    }
  };
  const all = async (): Promise<unknown[]> => {
    const { rows } = await database.query<object>(
      'select * from scores order by theme, stage, horizon_hours, window_from',
    );
    return rows;
  };

  it('says the same whenever it is done: window by window as they close, or all at once much later', async () => {
    for (let hour = 0; hour <= 30 * 24; hour += 6) await drain(FROM_MS + hour * HOUR_MS);
    const inTime = await all();
    expect(inTime).toHaveLength(2 * 2 * WINDOWS);
    await database.query('truncate scores; update forecasts set scored = 0');
    expect(await drain(NOW_MS)).toBe(2 * WINDOWS);
    expect(await all()).toEqual(inTime);
    const [closed] = await scoresOf(database, 'closed', { force: 'kent', horizonHours: 24 });
    const [settled] = await scoresOf(database, 'settled', { force: 'kent', horizonHours: 24 });
    expect(settled?.model.observed).toBe(24);
    expect(closed?.model.observed).toBeLessThan(24);
  });

  it('is shared by processes: each forecast is scored once', async () => {
    const done = await Promise.all([drain(NOW_MS), drain(NOW_MS), drain(NOW_MS)]);
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(2 * WINDOWS);
    expect(await all()).toHaveLength(2 * 2 * WINDOWS);
  });

  it('leaves a window to the next process where one dies with it in hand', async () => {
    const scores = new WindowScores(database, new TimeZone('Europe/London'));
    const dying = new Error('died');
    await expect(scores.next(NOW_MS, () => Promise.reject(dying))).rejects.toThrow(dying);
    expect(await all()).toEqual([]);
    expect(await drain(NOW_MS)).toBe(2 * WINDOWS);
    expect(await all()).toHaveLength(2 * 2 * WINDOWS);
  });

  it('has nothing to say of a force that has no cells yet, and goes on', async () => {
    const window = { from: formatInstant(FROM_MS), to: formatInstant(FROM_MS + HOUR_MS) };
    await storeForecast(database, {
      ...{ force: 'surrey', theme: 'all', horizonHours: 1, issuedAt: window.from, window, modelId: 'm' },
      ...{ cells: [], expected: new Float32Array(0) },
    });
    expect(await drain(NOW_MS)).toBe(2 * WINDOWS + 1);
    expect(await all()).toHaveLength(2 * 2 * WINDOWS);
  });

  it('does nothing before a window has closed, and marks where nothing was told of afterwards', async () => {
    expect(await drain(FROM_MS + DAY_MS - 1)).toBe(0);
    expect(await drain(FROM_MS + DAY_MS)).toBe(2);
    await issue(FROM_MS + 40 * DAY_MS, 8);
    await drain(FROM_MS + 60 * DAY_MS);
    const untold = await scoresOf(database, 'settled', { force: 'kent', horizonHours: 8 });
    expect(untold).toMatchObject([{ covered: false, model: { observed: 0 } }]);
  });
});
