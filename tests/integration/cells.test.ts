/** One hexagon in detail, asked over HTTP: counts, forecasts beside the naive map, and no more than one may see. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import type { Config } from '../../server/config.ts';
import type { CellDetail, CellForecast } from '../../shared/cell-detail.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { Explanation } from '../../shared/explanation.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { THEMES } from '../../shared/theme.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

async function start(change: Partial<Config> = {}): Promise<RealForewatch> {
  return (forewatch = await realForewatch({ forecastIntervalSeconds: 0.3, ...change }));
}

const place = (index: number): { lat: number; lon: number } => ({ lat: 51.4 + index * 0.01, lon: -0.3 });
const HERE = cellAt(place(0).lat, place(0).lon);
const AROUND = coarseCell(HERE);

type Who = Partial<Principal>;

async function send(own: RealForewatch, messages: readonly IncidentMessage[]): Promise<void> {
  for (const message of messages) await own.publish('incidents.v1.police.detailed', message);
}

async function ask(own: RealForewatch, path: string, who: Who = { role: 'dispatcher' }): Promise<Response> {
  const token = await own.token(who);
  return fetch(`${own.server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function detail(own: RealForewatch, query: string, who?: Who): Promise<CellDetail> {
  const response = await ask(own, `/api/cells/${query}`, who);
  const body = (await response.json()) as CellDetail;
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body;
}

type Made = Extract<CellForecast, { unavailable: null }>;

function made({ forecasts }: CellDetail): Made[] {
  return forecasts.filter((forecast): forecast is Made => forecast.unavailable === null);
}

/** Once each theme and horizon is forecast with so much known of the cell. */
function forecast(own: RealForewatch, total: number, who?: Who): Promise<CellDetail> {
  return until(
    () => detail(own, `${HERE}?hours=24`, who),
    (found) => found.counts.total === total && made(found).length === THEMES.length * HORIZONS.length,
    40_000,
  );
}

/** Ten here within five hours, some elsewhere, and one domestic incident here. */
function happenings(nowMs: number): IncidentMessage[] {
  const ago = (ms: number): string => new Date(nowMs - ms).toISOString();
  return [
    ...Array.from({ length: 10 }, (_, i) =>
      incidentMessage({
        ...{ id: `here-${i}`, occurredAt: ago(i * 0.5 * HOUR_MS + 2 * MINUTE_MS), location: place(0) },
        category: i % 5 === 0 ? 'robbery' : 'burglary',
      }),
    ),
    ...Array.from({ length: 12 }, (_, i) =>
      incidentMessage({ occurredAt: ago(i * 2 * HOUR_MS), location: place(1 + (i % 6)) }),
    ),
    incidentMessage({
      ...{ id: 'at-home', occurredAt: ago(HOUR_MS), location: place(0) },
      ...{ category: 'violence', markers: ['domestic'] },
    }),
  ];
}

describe('a hexagon in detail', () => {
  it('has its incidents by category and hour, and every forecast as it is explained, beside the naive map', async () => {
    const own = await start();
    await send(own, happenings(Date.now()));
    const found = await forecast(own, 10);
    expect(found).toMatchObject({
      cell: HERE,
      coarse: false,
      around: AROUND,
      force: 'unassigned',
      data: 'live',
    });
    expect(found.counts.byCategory).toEqual([
      { category: 'burglary', count: 8 },
      { category: 'robbery', count: 2 },
    ]);
    expect(found.counts.byHour).toHaveLength(24);
    expect(found.counts.byHour.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(found.forecasts.map(({ theme, horizonHours }) => `${theme} ${horizonHours}`)).toEqual(
      THEMES.flatMap((theme) => HORIZONS.map((hours) => `${theme} ${hours}`)),
    );
    // From here nothing ticks any more: what is asked is what was shown.
    await own.restart({ forecastIntervalSeconds: 3_600 });
    const still = await forecast(own, 10);
    for (const { theme, horizonHours, ...shown } of made(still)) {
      if (shown.cell !== HERE) continue;
      const path = `/api/forecasts/explanation?cell=${HERE}&theme=${theme}&horizonHours=${horizonHours}`;
      const explained = (await (await ask(own, path)).json()) as Explanation;
      expect(shown.expected).toBeCloseTo(explained.expected, 6);
      const { lower, upper, lower95, upper95, rank, areaCells } = explained;
      expect(shown).toMatchObject({ lower, upper, lower95, upper95, rank, areaCells });
      expect(shown.naiveMap?.incidents).toBe(explained.naiveMap.incidents);
      expect(shown.naiveMap?.expected).toBeCloseTo(explained.naiveMap.expected, 6);
    }
  });

  it('counts no incident that was cancelled or lies outside the window, and says how many were cancelled', async () => {
    const own = await start();
    const nowMs = Date.now();
    await send(own, happenings(nowMs));
    await forecast(own, 10);
    await send(own, [
      incidentMessage({
        ...{ id: 'here-0', revision: 2, status: 'cancelled', location: place(0) },
        occurredAt: new Date(nowMs - 2 * MINUTE_MS).toISOString(),
      }),
    ]);
    const { counts } = await forecast(own, 9);
    expect(counts.cancelled).toBe(1);
    const short = await detail(own, `${HERE}?hours=2`);
    expect(short.counts.byHour).toHaveLength(2);
    expect(short.counts.total).toBeLessThan(9);
    // What was known then: the incident stood, as of before any was received there was none.
    const before = await detail(own, `${HERE}?at=${new Date(nowMs - HOUR_MS).toISOString()}`);
    expect(before.counts.total).toBe(0);
    expect(made(before)).toEqual([]);
    expect(before.forecasts[0]?.unavailable).toMatch(/by then/);
    expect(before.data).toBeNull();
  });

  it('says why there is no forecast, and never tells of a feed that fell silent as of quiet', async () => {
    const own = await start();
    await send(own, happenings(Date.now()));
    await forecast(own, 10);
    await own.database.query(
      "update feeds set last_received_at = last_received_at - interval '2 hours', mean_gap_seconds = 1",
    );
    const silent = await detail(own, HERE);
    expect(silent.data).toBe('silent');
    expect(silent.muted).toEqual([expect.objectContaining({ feed: 'detailed', condition: 'silent' })]);
    const nowhere = await detail(own, cellAt(55, -3));
    expect(nowhere).toMatchObject({ force: null, data: 'none', counts: { total: 0 } });
    expect(nowhere.forecasts[0]?.unavailable).toContain('not part of any area that is forecast');
    await own.restart({ roles: new Set(['gateway']) });
    const unheard = await detail(own, HERE);
    expect(unheard.counts.total).toBe(10);
    expect(unheard.forecasts.every(({ unavailable }) => unavailable?.includes('no forecaster answers'))).toBe(
      true,
    );
  });
});

describe('what may be seen', () => {
  it('is sensitive matters coarsely only, but for the cleared', async () => {
    const own = await start();
    await send(own, happenings(Date.now()));
    await forecast(own, 10);
    for (const role of ['wall', 'dispatcher', 'shift-lead', 'analyst', 'admin'] as const) {
      const guarded = await detail(own, HERE, { role });
      expect(guarded.counts).toMatchObject({ total: 10, withoutSensitive: true });
      expect(JSON.stringify(guarded.counts)).not.toContain('violence');
      const vawg = guarded.forecasts.filter(({ theme }) => theme === 'vawg');
      expect(vawg.map(({ cell, coarse }) => [cell, coarse])).toEqual(Array(3).fill([AROUND, true]));
      expect(guarded.forecasts.find(({ theme }) => theme === 'all')?.cell).toBe(HERE);
      const cleared = await detail(own, HERE, { role, cleared: true });
      expect(cleared.counts).toMatchObject({ total: 11, withoutSensitive: false });
      expect(cleared.forecasts.every(({ cell }) => cell === HERE)).toBe(true);
    }
    const coarse = await detail(own, AROUND);
    expect(coarse.counts.withoutSensitive).toBe(false);
    expect(coarse.counts.byCategory).toContainEqual({ category: 'violence', count: 1 });
  });

  it('is coarse hexagons for partners, and only the forces that one may see', async () => {
    const own = await start();
    await send(own, happenings(Date.now()));
    await forecast(own, 10);
    const refused = await ask(own, `/api/cells/${HERE}`, { role: 'partner', cleared: true });
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { detail: string }).detail).toContain(AROUND);
    expect((await detail(own, AROUND, { role: 'partner' })).counts.total).toBeGreaterThan(10);
    const other = await detail(own, HERE, { role: 'dispatcher', forces: ['kent'] });
    expect(other).toMatchObject({ force: null, data: 'none', counts: { total: 0, cancelled: 0 } });
    expect(made(other)).toEqual([]);
    const status = async (path: string): Promise<number> => (await ask(own, `/api/cells/${path}`)).status;
    expect(await status('nothing')).toBe(400);
    expect(await status(`${HERE}?hours=0`)).toBe(400);
    expect(await status(`${HERE}?hours=169`)).toBe(400);
    expect(await status(`${HERE}?at=yesterday`)).toBe(400);
    expect((await fetch(`${own.server.url}/api/cells/${HERE}`)).status).toBe(401);
  });
});
