/** Why a forecast is what it is, asked over HTTP: of now, of what was issued, in two languages, and no more than one may see. */
import { getResolution } from 'h3-js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import type { Config } from '../../server/config.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { Explanation } from '../../shared/explanation.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import type { HotspotRanking } from '../../shared/messages.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
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

async function send(own: RealForewatch, messages: readonly IncidentMessage[]): Promise<void> {
  for (const message of messages) await own.publish('incidents.v1.police.explained', message);
}

type Who = Partial<Principal>;
type Asking = (path: string, who?: Who, headers?: Record<string, string>) => Promise<Response>;

function askingOf(own: RealForewatch): Asking {
  const tokens = new Map<string, string>();
  return async (path, who = { role: 'wall' }, headers = {}) => {
    const key = JSON.stringify(who);
    const token = tokens.get(key) ?? (await own.token(who));
    tokens.set(key, token);
    return fetch(`${own.server.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  };
}

const EXPLANATION = '/api/forecasts/explanation';

const place = (index: number): { lat: number; lon: number } => ({ lat: 51.4 + index * 0.01, lon: -0.3 });
const cellOf = (index: number): string => cellAt(place(index).lat, place(index).lon);

const sum = (terms: readonly { expected: number }[]): number =>
  terms.reduce((all, { expected }) => all + expected, 0);

async function hotspots(asking: Asking, query: string, who?: Who): Promise<HotspotRanking> {
  const response = await asking(`/api/hotspots?force=unassigned&${query}`, who);
  expect(response.status).toBe(200);
  return (await response.json()) as HotspotRanking;
}

async function explanation(asking: Asking, query: string, who?: Who): Promise<Explanation> {
  const response = await asking(`${EXPLANATION}?${query}`, who);
  const body = (await response.json()) as Explanation;
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body;
}

/** Once so many incidents are known to the forecaster and shown. */
async function rankedFrom(
  asking: Asking,
  areaCells: number,
  query = 'theme=all&horizonHours=24',
): Promise<HotspotRanking> {
  return until(
    async () => (await (await asking(`/api/hotspots?force=unassigned&${query}`)).json()) as HotspotRanking,
    (ranked) => ranked.areaCells === areaCells,
    30_000,
  );
}

const recent = (nowMs: number): IncidentMessage[] => [
  ...Array.from({ length: 40 }, (_, i) =>
    incidentMessage({
      occurredAt: new Date(nowMs - i * 9 * HOUR_MS - MINUTE_MS).toISOString(),
      location: place(i % 2 === 0 ? 0 : i % 7),
      category: i % 4 === 0 ? 'violence' : 'burglary',
    }),
  ),
  incidentMessage({
    occurredAt: new Date(nowMs - 400 * DAY_MS).toISOString(),
    location: place(0),
    category: 'burglary',
  }),
];

describe('the forecast of now', () => {
  it('is explained as it is shown: the terms sum to it, in each theme and horizon, fine and coarse', async () => {
    const own = await start();
    const asking = askingOf(own);
    await send(own, recent(Date.now()));
    await rankedFrom(asking, 7);
    // From here nothing ticks any more: what is asked is what was shown.
    await own.restart({ forecastIntervalSeconds: 3_600 });
    await rankedFrom(asking, 7, 'theme=theft&horizonHours=24');
    await until(
      () => asking(`${EXPLANATION}?cell=${cellOf(0)}&theme=theft&horizonHours=24`),
      ({ status }) => status === 200,
    );
    for (const who of [{ role: 'wall' }, { role: 'partner' }, { role: 'analyst', cleared: true }] as const) {
      for (const theme of ['all', 'burglary', 'violence'] as const) {
        for (const horizonHours of [1, 8, 24]) {
          const { hotspots: ranked, areaCells } = await hotspots(
            asking,
            `theme=${theme}&horizonHours=${horizonHours}`,
            who,
          );
          for (const { cell, expected, rank, lower, upper, lower95, upper95, chanceOfAny } of ranked) {
            const explained = await explanation(
              asking,
              `cell=${cell}&theme=${theme}&horizonHours=${horizonHours}`,
              who,
            );
            expect(Math.abs(explained.expected - expected)).toBeLessThan(1e-6);
            expect(Math.abs(sum(explained.terms) - expected)).toBeLessThan(1e-6);
            expect(explained).toMatchObject({
              rank,
              areaCells,
              lower,
              upper,
              lower95,
              upper95,
              forecastId: null,
            });
            expect(explained.chanceOfAny).toBeCloseTo(chanceOfAny ?? NaN, 3);
            const { recency, rhythm, level } = explained.byMeaning;
            expect(
              Math.abs(
                sum(Object.values(recency).map((part) => ({ expected: part }))) + rhythm + level - expected,
              ),
            ).toBeLessThan(1e-6);
          }
        }
      }
    }
  });

  it('names the incidents behind it, by how recent, how near and which kind, and what speaks against', async () => {
    const own = await start();
    const asking = askingOf(own);
    const nowMs = Date.now();
    await send(own, recent(nowMs));
    await rankedFrom(asking, 7, 'theme=burglary&horizonHours=24');
    const of = `cell=${cellOf(0)}&theme=burglary&horizonHours=24`;
    const explained = await until(
      () => explanation(asking, of, { role: 'dispatcher' }),
      ({ terms }) => terms.every((term) => term.term !== 'incidents' || term.age !== 'any-time'),
    );
    const here = explained.terms.filter(
      (term) => term.term === 'incidents' && term.near === 'here' && term.kind === 'theme',
    );
    const burglaries = recent(nowMs).filter(
      ({ location, category }) => location.lat === place(0).lat && category === 'burglary',
    );
    const inDays = (from: number, to: number): number =>
      burglaries.filter(({ occurredAt }) => {
        const days = (nowMs - Date.parse(occurredAt)) / DAY_MS;
        return days > from && days <= to;
      }).length;
    expect(here).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ age: '3-days', incidents: inDays(0, 3) }),
        expect.objectContaining({ age: '30-days', incidents: inDays(3, 30) }),
        expect.objectContaining({ age: 'earlier', incidents: null }),
      ]),
    );
    expect(explained.terms[0]?.text).toMatch(
      // As the hour is: at a quiet one the whole is told as of usual hours.
      /^\d.* of \d.* expected (at usual hours )?come from burglaries in this hexagon /,
    );
    expect(explained.naiveMap).toMatchObject({ incidents: inDays(0, 365), days: 365 });
    expect(explained.against.map(({ objection }) => objection)).toContain('none-is-possible');
    expect(explained.reference.join(' ')).toContain('Counting alone');

    const welsh = await asking(`${EXPLANATION}?${of}`, undefined, { 'accept-language': 'cy-GB, en;q=0.5' });
    expect(welsh.headers.get('content-language')).toBe('cy');
    expect(((await welsh.json()) as Explanation).summary).toContain('Byrgleriaeth yn yr hecsagon hwn');
    expect((await explanation(asking, `${of}&lang=cy`)).language).toBe('cy');
    expect((await explanation(asking, of)).language).toBe('en');
  });

  it('tells of a feed that fell silent, and is gone with the forecaster, in words', async () => {
    const own = await start();
    const asking = askingOf(own);
    await send(own, recent(Date.now()));
    await rankedFrom(asking, 7);
    const of = `cell=${cellOf(0)}&theme=all&horizonHours=8`;
    await own.database.query(
      "update feeds set last_received_at = last_received_at - interval '2 hours', mean_gap_seconds = 1",
    );
    const { against } = await explanation(asking, of);
    expect(against).toEqual(
      expect.arrayContaining([expect.objectContaining({ objection: 'feed-silent', feed: 'explained' })]),
    );
    await own.restart({ roles: new Set(['gateway']) });
    const gone = await asking(`${EXPLANATION}?${of}`);
    expect(gone.status).toBe(503);
    expect(((await gone.json()) as { detail: string }).detail).toContain('no forecaster answers');
  });
});

describe('what may be seen', () => {
  it('is decided by the same policy as everywhere', async () => {
    const own = await start();
    const asking = askingOf(own);
    await send(own, recent(Date.now()));
    await send(own, [
      incidentMessage({ location: place(0), markers: ['domestic'], category: 'violence', force: 'kent' }),
    ]);
    await rankedFrom(asking, 7);
    const fine = cellOf(0);
    const coarse = coarseCell(fine);
    const status = async (query: string, who?: Who): Promise<number> =>
      (await asking(`${EXPLANATION}?horizonHours=8&${query}`, who)).status;
    const kent = { role: 'wall', forces: ['kent'] } as const;
    // Each force's themes are forecast one after the other.
    const forecast = ['all', 'vawg', 'burglary'].flatMap((theme) =>
      [kent, undefined].map((who) => [`cell=${coarse}&theme=${theme}`, who] as const),
    );
    await until(
      () => Promise.all(forecast.map(([query, who]) => status(query, who))),
      (statuses) => statuses.every((own) => own === 200),
    );
    expect(await status(`cell=${fine}&theme=vawg`)).toBe(403);
    expect(await status(`cell=${fine}&theme=vawg`, { role: 'analyst', cleared: true })).toBe(200);
    expect(await status(`cell=${coarse}&theme=vawg`)).toBe(200);
    expect(await status(`cell=${fine}&theme=burglary`, { role: 'partner' })).toBe(403);
    expect(await status(`cell=${coarse}&theme=burglary`, { role: 'partner' })).toBe(200);
    const refused = await asking(`${EXPLANATION}?horizonHours=8&cell=${fine}&theme=all`, { role: 'partner' });
    expect(((await refused.json()) as { detail: string }).detail).toContain(coarse);
    // Two forces have incidents in this cell; each sees its own.
    expect((await explanation(asking, `horizonHours=8&cell=${fine}&theme=all`)).force).toBe('unassigned');
    expect((await explanation(asking, `horizonHours=8&cell=${fine}&theme=all`, kent)).force).toBe('kent');
    expect(await status(`cell=${fine}&theme=all&force=unassigned`, kent)).toBe(403);
    expect(await status(`cell=${fine}&theme=all`, { role: 'wall', forces: ['essex'] })).toBe(404);
    expect(await status(`cell=${cellAt(55, -3)}&theme=all`)).toBe(404);
    expect(await status(`cell=8928308280fffff0&theme=all`)).toBe(400);
    expect(await status(`cell=${getResolution(fine)}&theme=all`)).toBe(400);
    expect(await status(`cell=${fine}&theme=all&at=yesterday`)).toBe(400);
    expect(
      (await fetch(`${own.server.url}${EXPLANATION}?cell=${fine}&theme=all&horizonHours=8`)).status,
    ).toBe(401);
  });

  it('does not date or number domestic incidents in a fine hexagon, but for the cleared', async () => {
    const own = await start();
    const asking = askingOf(own);
    const nowMs = Date.now();
    const violence = (hours: number, markers: IncidentMessage['markers']): IncidentMessage =>
      incidentMessage({
        ...{ occurredAt: new Date(nowMs - hours * HOUR_MS).toISOString(), location: place(0) },
        ...{ category: 'violence', ...(markers && { markers }) },
      });
    await send(own, [
      violence(2, ['domestic']),
      violence(5, ['domestic']),
      violence(200, []),
      violence(1_000, []),
    ]);
    await rankedFrom(asking, 1, 'theme=violence&horizonHours=24');
    const of = `cell=${cellOf(0)}&theme=violence&horizonHours=24`;
    const told = async (who: Who, query = of): Promise<Explanation> =>
      until(
        () => explanation(asking, query, who),
        ({ naiveMap }) => naiveMap.incidents > 0,
      );
    const guarded = await told({ role: 'dispatcher' });
    const cleared = await told({ role: 'dispatcher', cleared: true });
    const recentOnes = ({ terms }: Explanation): (number | null)[] =>
      terms.flatMap((term) =>
        term.term === 'incidents' && term.kind === 'theme' && term.age === '3-days' ? [term.incidents] : [],
      );
    expect(recentOnes(cleared)).toEqual([2]);
    expect(recentOnes(guarded)).toEqual([]);
    expect([cleared.naiveMap.incidents, guarded.naiveMap.incidents]).toEqual([4, 2]);
    expect([cleared.withoutSensitive, guarded.withoutSensitive]).toEqual([false, true]);
    expect(guarded.reference.join()).toContain('not counted here');
    // The area is large enough to tell of them.
    const coarse = await told({ role: 'partner' }, of.replace(cellOf(0), coarseCell(cellOf(0))));
    expect(recentOnes(coarse)).toEqual([2]);
  });
});

describe('a forecast that was issued', () => {
  const clock = async (own: RealForewatch, at: string): Promise<void> => {
    own.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
    await own.connection.flush();
    await until(
      () => own.server.services.clock.now(),
      (nowMs) => nowMs === Date.parse(at),
    );
  };
  const recorded = (minute: number, index: number, change: Partial<IncidentMessage> = {}): IncidentMessage =>
    incidentMessage({
      ...{ origin: 'recorded', location: place(index) },
      occurredAt: new Date(Date.parse('2019-01-10T00:00:00Z') + minute * MINUTE_MS).toISOString(),
      ...change,
    });

  it('is explained and ranked as it was issued, whatever became known since', async () => {
    const own = await start({ clock: 'feed' });
    const asking = askingOf(own);
    await clock(own, '2019-01-10T08:50:00.000Z');
    const isHere = (i: number): boolean => i % 2 === 0 || i % 5 === 0;
    const past = Array.from({ length: 50 }, (_, i) => recorded(i * 10, isHere(i) ? 0 : i % 5));
    await send(own, [...past, recorded(420, 0, { id: 'corrected-later' })]);
    await rankedFrom(asking, 5);
    await clock(own, '2019-01-10T09:05:00.000Z');
    await send(own, [recorded(9 * 60 + 5, 12)]);
    await rankedFrom(asking, 6);
    const at = 'at=2019-01-10T09:30:00Z';
    const issued = await until(
      () => asking(`/api/forecasts?force=unassigned&theme=all&horizonHours=1&${at}`),
      ({ status }) => status === 200,
    );
    const forecast = (await issued.json()) as Record<string, number[]> & { id: number; cells: string[] };
    // Later news, and a correction of what was known then, change nothing.
    await clock(own, '2019-01-10T12:30:00.000Z');
    await send(own, [
      ...Array.from({ length: 20 }, (_, i) => recorded(600 + i, 0)),
      recorded(420, 3, { id: 'corrected-later', revision: 2, reportedAt: '2019-01-10T12:00:00Z' }),
    ]);
    await rankedFrom(asking, 6);
    const top = cellOf(0);
    const index = forecast.cells.indexOf(top);
    const explained = await explanation(asking, `cell=${top}&theme=all&horizonHours=1&${at}`);
    expect(explained).toMatchObject({
      forecastId: forecast.id,
      rank: 1,
      areaCells: 5,
      at: '2019-01-10T09:00:00.000Z',
    });
    expect(Math.abs(explained.expected - (forecast['expected']?.[index] ?? NaN))).toBeLessThan(1e-6);
    expect(Math.abs(sum(explained.terms) - explained.expected)).toBeLessThan(1e-6);
    const here = explained.terms.filter((term) => term.term === 'incidents' && term.near === 'here');
    expect(here).toEqual([expect.objectContaining({ age: '3-days', incidents: 31 })]);
    for (const key of ['lower', 'upper', 'lower95', 'upper95'] as const)
      expect(forecast[key]?.[index]).toBe(explained[key]);
    expect(forecast['chanceOfAny']?.[index]).toBeCloseTo(explained.chanceOfAny, 3);

    const ranked = await hotspots(asking, `theme=all&horizonHours=1&${at}`);
    expect(ranked).toMatchObject({ at: '2019-01-10T09:00:00.000Z', areaCells: 5, unavailable: null });
    expect(ranked.hotspots).toEqual([
      {
        ...{ rank: 1, cell: top, observed: past.filter((_, i) => isHere(i) && i * 10 >= 480).length },
        ...{
          expected: expect.closeTo(explained.expected, 8) as number,
          chanceOfAny: forecast['chanceOfAny']?.[index],
        },
        ...{
          lower: explained.lower,
          upper: explained.upper,
          lower95: explained.lower95,
          upper95: explained.upper95,
        },
      },
    ]);
    const partner = await hotspots(asking, `theme=all&horizonHours=1&${at}`, { role: 'partner' });
    const [coarsest] = partner.hotspots;
    const coarse = await explanation(asking, `cell=${coarsest?.cell}&theme=all&horizonHours=1&${at}`, {
      role: 'partner',
    });
    expect(Math.abs(coarse.expected - (coarsest?.expected ?? NaN))).toBeLessThan(1e-6);
    expect(Math.abs(sum(coarse.terms) - coarse.expected)).toBeLessThan(1e-6);

    const problem = async (query: string): Promise<unknown> => (await asking(query)).json();
    expect(await problem(`${EXPLANATION}?cell=${cellOf(1)}&theme=all&horizonHours=1&${at}`)).toMatchObject({
      ...{ status: 404, detail: expect.stringContaining('only the ranked hotspots') as string },
    });
    expect(
      await problem(`${EXPLANATION}?cell=${top}&theme=all&horizonHours=1&at=2019-01-10T08:00:00Z`),
    ).toMatchObject({
      ...{ status: 404, detail: expect.stringContaining('no forecast was issued') as string },
    });
    expect(await problem(`${EXPLANATION}?cell=${cellOf(12)}&theme=all&horizonHours=1&${at}`)).toMatchObject({
      ...{ status: 404, detail: expect.stringContaining('not part of the area') as string },
    });
    expect(
      (await asking(`/api/hotspots?force=unassigned&theme=all&horizonHours=1&at=2019-01-10T08:00:00Z`))
        .status,
    ).toBe(404);
  });
});

it('an incident raises its hexagon’s forecast at once; what is explained is then also what is shown', async () => {
  const own = await start();
  const asking = askingOf(own);
  await send(own, recent(Date.now()));
  await rankedFrom(asking, 7);
  // From here only what is stored moves a forecast.
  await own.restart({ forecastIntervalSeconds: 3_600 });
  const of = `cell=${cellOf(0)}&theme=burglary&horizonHours=24`;
  await until(
    () => asking(`${EXPLANATION}?${of}`),
    ({ status }) => status === 200,
    30_000,
  );
  const before = await explanation(asking, of);
  await send(own, [
    incidentMessage({ location: place(0), category: 'burglary', occurredAt: new Date().toISOString() }),
  ]);
  const after = await until(
    () => explanation(asking, of),
    ({ expected }) => expected > before.expected,
  );
  const shown = await until(
    () => hotspots(asking, 'theme=burglary&horizonHours=24'),
    ({ hotspots: ranked }) => Math.abs((ranked[0]?.expected ?? NaN) - after.expected) < 1e-6,
  );
  expect(shown.window).toEqual(after.window);
  const lately = ({ terms }: Explanation): number =>
    sum(terms.filter((term) => term.term === 'incidents' && term.age === '3-days'));
  expect(lately(after) - lately(before)).toBeGreaterThan(0);
});
