/** Looking back on a real server: what came of a forecast, and what became known later, as each role may see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { noteCondition, selectOutages } from '../../server/store/feed-condition-store.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { cellCentre, coarseCell } from '../../shared/cell.ts';
import type { ForecastOutcome } from '../../shared/forecast-outcome.ts';
import type { Force } from '../../shared/force.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import type { KnownDifference } from '../../shared/known-difference.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { Theme } from '../../shared/theme.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch } from '../support/known-incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

const CELLS = patch(8);
const [HOT = '', SECOND = '', , ELSEWHERE = ''] = CELLS;
const NOW_MS = Date.now();
const WINDOW_MS = NOW_MS - 10 * HOUR_MS;
let forewatch: RealForewatch;
let seq = 1;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway'] as const) });
  await issue('kent', 'all', WINDOW_MS);
  await issue('kent', 'vawg', WINDOW_MS);
  await issue('kent', 'all', WINDOW_MS - 8 * HOUR_MS);
  await issue('surrey', 'all', WINDOW_MS);
  // A year ago, and in the window: two in the hottest cell, one elsewhere, one that came late, one that is sensitive.
  await happen(SECOND, NOW_MS - 100 * DAY_MS, { id: 'last-year' });
  await happen(HOT, WINDOW_MS + HOUR_MS, { id: 'hit-1' });
  await happen(HOT, WINDOW_MS + 2 * HOUR_MS, { id: 'hit-2' });
  await happen(ELSEWHERE, WINDOW_MS + 3 * HOUR_MS, { id: 'missed' });
  await happen(SECOND, WINDOW_MS + 4 * HOUR_MS, { id: 'private', category: 'sexual-offences' });
  await happen(SECOND, WINDOW_MS + HOUR_MS, { id: 'late' }, NOW_MS - 30 * MINUTE_MS);
  await happen(HOT, WINDOW_MS + 2 * HOUR_MS, { id: 'wrong' });
  await happen(
    HOT,
    WINDOW_MS + 2 * HOUR_MS,
    { id: 'wrong', revision: 2, status: 'cancelled' },
    NOW_MS - 20 * MINUTE_MS,
  );
  await happen(
    ELSEWHERE,
    WINDOW_MS + 3 * HOUR_MS,
    { id: 'missed', revision: 2, category: 'robbery' },
    NOW_MS - 10 * MINUTE_MS,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

async function issue(force: Force, theme: Theme, fromMs: number): Promise<void> {
  const window = { from: formatInstant(fromMs), to: formatInstant(fromMs + 8 * HOUR_MS) };
  await storeForecast(forewatch.database, {
    ...{ force, theme, horizonHours: 8, issuedAt: window.from, window, modelId: 'a model', dispersion: 0.1 },
    cells: CELLS,
    expected: Float32Array.from(CELLS, (_, index) => [3, 2, 1][index] ?? 0.01),
  });
}

/** Received as it happened, unless told otherwise. */
async function happen(
  cell: string,
  atMs: number,
  change: Partial<IncidentMessage>,
  receivedAtMs = atMs,
): Promise<void> {
  const [lat, lon] = cellCentre(cell);
  const message = incidentMessage({
    ...{ occurredAt: formatInstant(atMs), location: { lat, lon }, force: 'kent', ...change },
  });
  await storeIncidents(forewatch.database, arrivalsOf([message], seq++, receivedAtMs));
}

/** All that an answer may be made of; each test reads what it asked for. */
type Told = ForecastOutcome & KnownDifference & { detail: string };

async function asked(path: string, who: Partial<Principal> = {}): Promise<{ status: number; body: Told }> {
  const token = await forewatch.token({ role: 'shift-lead', ...who });
  const answer = await fetch(`${forewatch.server.url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: (await answer.json()) as Told };
}

describe('the outcome of a forecast', () => {
  const outcome = (query: string, who: Partial<Principal> = {}) =>
    asked(`/api/forecasts/outcome?horizonHours=8&${query}`, who);

  it('tells what fell inside and outside its hotspots, beside the naive map', async () => {
    const { status, body } = await outcome('force=kent&theme=all', { cleared: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ state: 'closed', told: true, coarse: false, areaCells: CELLS.length, later: null },
      earlier: formatInstant(WINDOW_MS - 8 * HOUR_MS),
      incidents: { counted: 5, inside: 4, outside: 1, beyond: 0, unplaced: 0, untimed: 0 },
      model: { cells: 3, hits: 4, hitRate: 0.8 },
    });
    expect(body.hotspots.map(({ cell, observed }) => [cell, observed]).slice(0, 2)).toEqual([
      [HOT, 2],
      [SECOND, 2],
    ]);
    expect(body.naiveCells[0]).toEqual({ cell: SECOND, lastYear: 1, observed: 2 });
    expect(body.model.pai).toBeGreaterThan(body.naiveMap.pai ?? Infinity);
    expect(body.elsewhere).toEqual([{ cell: ELSEWHERE, coarse: false, observed: 1 }]);
  });

  it('is of the forecast whose window began by then', async () => {
    const { body } = await outcome(`force=kent&theme=all&at=${formatInstant(WINDOW_MS - 1)}`);
    expect(body).toMatchObject({ earlier: null, later: formatInstant(WINDOW_MS) });
    expect(body.incidents.inside).toBe(0);
    expect((await outcome(`force=kent&theme=all&at=${formatInstant(WINDOW_MS - DAY_MS)}`)).status).toBe(404);
    expect((await outcome('force=kent&theme=all&at=yesterday')).status).toBe(400);
  });

  it('of a force of which nothing was told since is not known, and silence is said', async () => {
    await noteCondition(forewatch.database, {
      ...{ agency: 'police', feed: 'cad', condition: 'silent' },
      ...{ since: formatInstant(WINDOW_MS), notedAt: formatInstant(WINDOW_MS + HOUR_MS) },
    });
    const { body } = await outcome('force=surrey&theme=all');
    expect(body).toMatchObject({ told: false, incidents: { inside: null }, model: { hits: null } });
    expect(body.hotspots[0]?.observed).toBeNull();
  });

  it.each(ACCESS_ROLES)('is read by a %s as they may', async (role) => {
    const { status, body } = await outcome('force=kent&theme=all', { role });
    expect(status).toBe(200);
    expect((await outcome('force=kent&theme=all', { role, forces: ['essex'] })).status).toBe(403);
    const cells = [body.hotspots, body.naiveCells].flat().map(({ cell }) => cell);
    if (role === 'partner') {
      expect(cells).toEqual(cells.map(coarseCell));
      expect(body.coarse).toBe(true);
    } else {
      // The sexual offence in the second hotspot is counted in none, and shown in its coarse hexagon.
      expect(body.hotspots[1]).toMatchObject({ cell: SECOND, observed: 1 });
      expect(body.incidents).toMatchObject({ counted: 4, unplaced: 1 });
      expect(body.elsewhere).toContainEqual({ cell: coarseCell(SECOND), coarse: true, observed: 1 });
    }
    const vawg = await outcome('force=kent&theme=vawg', { role });
    expect(vawg.body.coarse).toBe(true);
    expect(vawg.body.hotspots.every(({ cell }) => cell === coarseCell(cell))).toBe(true);
  });
});

describe('what became known later', () => {
  const AT_MS = NOW_MS - HOUR_MS;
  const difference = (query: string, who: Partial<Principal> = {}) =>
    asked(`/api/replay/difference?at=${formatInstant(AT_MS)}&hours=24&${query}`, who);

  it('is what came late, was corrected and was cancelled', async () => {
    const { status, body } = await difference('force=kent', { cleared: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ then: 5, now: 5, more: false });
    expect(body.counts).toEqual({ late: 1, corrected: 1, cancelled: 1 });
    expect(body.late[0]).toMatchObject({ incident: { id: 'late', cell: SECOND, coarse: false } });
    expect(body.late[0]?.delaySeconds).toBe(8.5 * 3_600);
    expect(body.corrected[0]).toMatchObject({
      ...{ before: { revision: 1, category: 'burglary' }, after: { revision: 2, category: 'robbery' } },
      changed: ['category'],
    });
    expect(body.cancelled[0]).toMatchObject({
      ...{ incident: { id: 'wrong', status: 'open' }, cancelledAt: formatInstant(NOW_MS - 20 * MINUTE_MS) },
    });
  });

  it('is of the theme, and of the moment that is asked for', async () => {
    expect((await difference('theme=burglary')).body.counts).toEqual({ late: 1, corrected: 1, cancelled: 1 });
    expect((await difference('theme=asb')).body.counts).toEqual({ late: 0, corrected: 0, cancelled: 0 });
    const now = formatInstant(NOW_MS);
    const nothing = await asked(`/api/replay/difference?at=${now}&hours=24`);
    expect(nothing.body.counts).toEqual({ late: 0, corrected: 0, cancelled: 0 });
    const ahead = formatInstant(NOW_MS + HOUR_MS);
    expect((await asked(`/api/replay/difference?at=${ahead}`)).status).toBe(400);
    expect((await asked('/api/replay/difference?at=now')).status).toBe(400);
  });

  it.each(ACCESS_ROLES)('is told to a %s as coarsely as they may see it, of their forces', async (role) => {
    const { status, body } = await difference('', { role });
    expect(status).toBe(200);
    const [late] = body.late;
    expect(late?.incident.coarse).toBe(role === 'partner');
    expect(late?.incident.cell).toBe(role === 'partner' ? coarseCell(SECOND) : SECOND);
    expect((await difference('force=kent', { role, forces: ['essex'] })).status).toBe(403);
    expect((await difference('', { role, forces: ['essex'] })).body).toMatchObject({ now: 0, late: [] });
  });

  it('is told to nobody who is not signed in', async () => {
    for (const path of [
      '/api/replay/difference?at=x',
      '/api/forecasts/outcome?force=kent&theme=all&horizonHours=8',
    ])
      expect((await fetch(`${forewatch.server.url}${path}`)).status).toBe(401);
  });
});

describe('a feed’s outages', () => {
  const at = (hours: number): string => formatInstant(NOW_MS - 50 * DAY_MS + hours * HOUR_MS);
  const noted = (condition: 'live' | 'late' | 'silent', since: number, notedAt: number) =>
    noteCondition(forewatch.database, {
      ...{ agency: 'council', feed: 'cctv', condition, since: at(since), notedAt: at(notedAt) },
    });
  const within = (from: number, to: number) =>
    selectOutages(forewatch.database, { fromMs: Date.parse(at(from)), toMs: Date.parse(at(to)) });

  it('begin with its last word and end when it speaks again, noted once by however many', async () => {
    await noted('live', 0, 0);
    await noted('silent', 1, 2);
    await noted('silent', 1, 2.1);
    await noted('late', 4, 4);
    await noted('live', 5, 5);
    await noted('silent', 6, 7);
    expect(await within(0, 24)).toEqual([
      { agency: 'council', feed: 'cctv', from: at(1), to: at(4) },
      { agency: 'council', feed: 'cctv', from: at(6), to: null },
    ]);
    expect(await within(2, 3)).toHaveLength(1);
    expect(await within(4, 6)).toEqual([]);
    expect(await within(400, 401)).toMatchObject([{ feed: 'cctv', to: null }]);
  });
});
