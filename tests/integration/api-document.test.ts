/** API.md tells the truth: its routes are the server's, and its examples are made like the server's own answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../server/app.ts';
import { ANNOUNCEMENT_SUBJECTS, REJECTED_SUBJECTS } from '../../server/feeds/subjects.ts';
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { announceAbandoned } from '../../server/ingest/run-ingest.ts';
import { readNeighbourhoods } from '../../server/neighbourhoods/read-neighbourhoods.ts';
import { saveNeighbourhoods } from '../../server/store/neighbourhood-store.ts';
import { saveForceAreas } from '../../server/store/force-area-store.ts';
import { inTransaction } from '../../server/store/database.ts';
import { saveDisplay } from '../../server/store/display-store.ts';
import { saveDrift } from '../../server/store/drift-store.ts';
import { noteCondition } from '../../server/store/feed-condition-store.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { drawAndKeep } from '../../server/taskings/hold-outs.ts';
import { insertScore } from '../../server/store/score-store.ts';
import { cellAt } from '../../shared/cell.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import type { RuleDryRun } from '../../shared/alert-rule.ts';
import type { Explanation } from '../../shared/explanation.ts';
import type { National } from '../../shared/national.ts';
import { areasFile } from '../support/area-shapes.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { neighbourhoodsFile } from '../support/neighbourhood-shapes.ts';
import { box } from '../support/box.ts';
import { API_DOCUMENT, examplesOf, routesNamed, shapeOf } from '../support/api-document.ts';
import { capFaults } from '../support/cap-schema.ts';
import { parsedXml, type ParsedElement } from '../support/parsed-xml.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { found } from '../support/findings.ts';
import { incidentMessage } from '../support/incidents.ts';
import { layIncidents } from '../support/past-incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const SELECTION = { force: 'metropolitan', theme: 'all', horizonHours: 8 } as const;
/** What drifts: its ranking has a field more. */
const DAILY = { ...SELECTION, horizonHours: 24 } as const;
const SUBJECT = 'incidents.v1.police.cad';
const THIS_HOUR_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const HANDED_OVER_MS = [THIS_HOUR_MS - 2 * HOUR_MS, THIS_HOUR_MS + 2 * HOUR_MS] as const;

let forewatch: RealForewatch;
let app: FastifyInstance;
let token: string;
let client: LiveClient;
const announced: unknown[] = [];
const rejected: unknown[] = [];

beforeAll(async () => {
  forewatch = await realForewatch();
  await until(
    () => forewatch.server.services.health.stages(),
    (stages) => stages.every(({ ok }) => ok),
  );
  app = await createApp(forewatch.server.services);
  await app.ready();
  for (const subject of ANNOUNCEMENT_SUBJECTS) listen(subject, announced);
  listen(REJECTED_SUBJECTS, rejected);
  await forewatch.connection.flush();
  token = await forewatch.token({ role: 'admin' });
  client = await LiveClient.connect(forewatch.server.url, token);
  await happen();
});
afterAll(async () => {
  await client.close();
  await app.close();
  await forewatch.dispose();
});

function listen(subject: string, into: unknown[]): void {
  forewatch.connection.subscribe(subject, {
    callback: (_error, message) => {
      into.push(message.json());
    },
  });
}

let alertId = '';
/** What `:id` stands for, by the part of the path before it. */
const ids: Record<string, string> = {};
/** What the server answered where something is made once. */
const made = new Map<string, unknown>();

function requestOf(path: string): unknown {
  return examplesOf('request').find(({ heading }) => heading === `POST /api${path}`)?.value;
}

/** Everything that the document has an example of. */
async function happen(): Promise<void> {
  const now = new Date().toISOString();
  const recent = (change: object): object =>
    incidentMessage({ occurredAt: now, force: SELECTION.force, ...change });
  await saveForceAreas(
    forewatch.database,
    readForceAreas(areasFile({ name: 'Kent', rings: [box(0, 51, 1, 52)] })),
  );
  await saveNeighbourhoods(forewatch.database, readNeighbourhoods(neighbourhoodsFile()));
  const alert = await raiseAlert(forewatch.database, found(0, { force: SELECTION.force }), Date.parse(now));
  alertId = alert.id;
  await client.snapshot({ horizonHours: SELECTION.horizonHours });
  await forewatch.publish(SUBJECT, recent({ id: 'refused', reporter: 'somebody' }));
  await forewatch.publish(SUBJECT, recent({ id: 'corrected' }));
  await forewatch.publish(SUBJECT, recent({ id: 'corrected', revision: 2, category: 'robbery' }));
  await client.incident('corrected', 2);
  for (const atMs of [Date.parse(now), Date.parse(now) - 60_000]) {
    await forewatch.publish('patrols.v1.metropolitan', {
      ...{ unit: 'unit-1', at: formatInstant(atMs), lat: 51.5, lon: -0.12 },
    });
  }
  await forewatch.publish('patrols.v1.metropolitan', { unit: 'unit-1' });
  // Of what happened before it was first heard of a feed tells no delay.
  await forewatch.publish(SUBJECT, recent({ occurredAt: new Date().toISOString() }));
  await crowd(Date.parse(now));
  const window = { from: now, to: new Date(Date.parse(now) + 8 * 3_600_000).toISOString() };
  await storeForecast(forewatch.database, {
    ...{ ...SELECTION, issuedAt: now, window, modelId: 'a model' },
    cells: [cellAt(51.5, -0.12)],
    expected: Float32Array.of(0.25),
    dispersion: 0.1,
  });
  await client.frame((frame) => frame.type === 'hotspots.ranked');
  await keepScores(now);
  await knowLater(now);
  await patrolAndGive();
  await handOver();
  await saveDisplay(forewatch.database, {
    ...{ name: 'north', display: { views: [{ role: 'force' }] }, changedBy: 'somebody' },
  });
  await until(
    () => client.deltas,
    (deltas) => deltas.some((delta) => delta.type === 'feeds.changed' && delta.feed.lastRejection !== null),
  );
  const [dryRun, rule, webhook] = ['/alert-rules/dry-run', '/alert-rules', '/webhooks'].map(requestOf);
  const seen = (await (await ask('POST', '/api/alert-rules/dry-run', dryRun)).json()) as RuleDryRun;
  made.set('/api/alert-rules/dry-run', seen);
  const saving = { ...(rule as object), dryRun: seen.dryRun };
  made.set('/api/alert-rules', await (await ask('POST', '/api/alert-rules', saving)).json());
  made.set('/api/webhooks', await (await ask('POST', '/api/webhooks', webhook)).json());
  // A new snapshot takes the place of what still waits for the client, and does not tell what was issued.
  await client.frame((frame) => frame.type === 'forecasts.issued');
  await client.snapshot({ horizonHours: SELECTION.horizonHours });
}

/**
 * So many of one batch that they come in counts: of steps of time, and of this month. Stored and announced as ingest
 * does what another process left behind: what is published comes in as many batches as the machine's load wants.
 */
async function crowd(nowMs: number): Promise<void> {
  const { database, server } = forewatch;
  const precisions = ['minute', 'month'] as const;
  const change = { occurredAt: formatInstant(nowMs), force: SELECTION.force };
  const messages = Array.from({ length: 600 }, (_, n) =>
    incidentMessage({ ...change, timePrecision: precisions[n % 2] ?? 'minute' }),
  );
  await storeIncidents(database, arrivalsOf(messages, 2_000_000, nowMs));
  await announceAbandoned(server.services, 0);
}

/** A force that holds hotspots out, whose effect can be told; a tasking, and an action. */
async function patrolAndGive(): Promise<void> {
  const fromMs = THIS_HOUR_MS - 5 * DAY_MS;
  const holdOut = { force: 'essex', theme: 'all', fromMs, toMs: fromMs + 28 * DAY_MS } as const;
  const hotspots = Array.from({ length: 12 }, (_, n) => ({
    ...{ cell: cellAt(51.7 + n * 0.02, 0.5), expectedPerDay: 1 },
  }));
  const drawn = await drawAndKeep(
    forewatch.database,
    { ...holdOut, seed: 5, oneIn: 2, drawnBy: 'lead-1' },
    hotspots,
  );
  ids['hold-outs'] = drawn?.id ?? '';
  await layIncidents(
    forewatch.database,
    'essex',
    hotspots.flatMap(({ cell }) =>
      Array.from({ length: 5 }, (_, day) => ({ cell, atMs: fromMs + day * DAY_MS + HOUR_MS })),
    ),
  );
  for (const of of ['taskings', 'actions']) {
    const body = examplesOf('request').find(({ heading }) => heading === `POST /api/${of}`)?.value;
    const given = (await (await ask('POST', `/api/${of}`, body)).json()) as { id: string };
    ids[of] = given.id;
  }
}

/** An incident that came late, one that was corrected and one that was cancelled since; a feed that was silent. */
async function knowLater(now: string): Promise<void> {
  const { database } = forewatch;
  const thenMs = THIS_HOUR_MS - 2 * HOUR_MS;
  const told = (id: string, atMs: number, change: object = {}): Promise<unknown> => {
    const own = { id, occurredAt: formatInstant(thenMs), force: SELECTION.force, ...change };
    return storeIncidents(database, arrivalsOf([incidentMessage(own)], 1_000_000 + laterSeq++, atMs));
  };
  await told('elsewhere', Date.parse(now), { occurredAt: now, location: { lat: 51.52, lon: -0.2 } });
  await told('later-1', Date.parse(now));
  await told('later-2', thenMs);
  await told('later-2', Date.parse(now), { revision: 2, category: 'robbery' });
  await told('later-3', thenMs);
  await told('later-3', Date.parse(now), { revision: 2, status: 'cancelled' });
  await noteCondition(database, {
    ...{ agency: 'police', feed: 'cad', condition: 'silent' },
    ...{ since: formatInstant(thenMs), notedAt: formatInstant(thenMs + HOUR_MS) },
  });
}
let laterSeq = 0;

/** A shift of which every part has something. */
async function handOver(): Promise<void> {
  const [fromMs, toMs] = HANDED_OVER_MS;
  const window = { from: formatInstant(fromMs), to: formatInstant(fromMs + 8 * HOUR_MS) };
  await storeForecast(forewatch.database, {
    ...{ ...SELECTION, issuedAt: window.from, window, modelId: 'a model', dispersion: 0.1 },
    ...{ cells: [cellAt(51.5, -0.12)], expected: Float32Array.of(0.25) },
  });
  const path = '/api/handover/notes';
  const note = requestOf('/handover/notes') as object;
  const span = { from: formatInstant(fromMs), to: formatInstant(toMs) };
  const written = await (await ask('POST', path, { ...note, ...span })).json();
  made.set(path, written);
  ids['notes'] = (written as { id: string }).id;
}

/** Enough for intervals, and a forecast that drifts. */
async function keepScores(now: string): Promise<void> {
  const { database, server } = forewatch;
  const { model } = server.services;
  if ('unavailable' in model) throw new Error(model.unavailable);
  const modelId = model.loaded.id;
  const byAreaShare = [0.01, 0.02, 0.05, 0.1].map((areaShare) => ({ areaShare, hits: 1, bestHits: 1 }));
  const parts = { expected: 2, observed: 3, gain: 0.5, byAreaShare };
  await inTransaction(database, async (transaction) => {
    for (let day = 1; day <= 10; day++) {
      const fromMs = Date.parse(now) - day * DAY_MS;
      await insertScore(transaction, {
        ...{ ...DAILY, stage: 'settled', fromMs, toMs: fromMs + DAY_MS, modelId, dispersion: 0.1 },
        ...{
          timedShare: 1,
          covered: true,
          outside: 0,
          cells: 10,
          coverage80: 8,
          model: parts,
          naiveMap: parts,
        },
      });
    }
  });
  await saveDrift(database, DAILY, { modelId, reason: 'a reason', sinceMs: Date.parse(now) });
}

describe('routes', () => {
  it('that API.md names exist, and those that exist are named', () => {
    expect(registeredRoutes().filter((route) => / \/(api\/|live$)/.test(route))).toEqual(routesNamed());
  });
});

/** `GET /api/feeds`: from the tree that fastify prints, where a path continues the one it hangs from. */
function registeredRoutes(): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, path, methods] = /^(.*?)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    if (indent === undefined || path === undefined) continue;
    const depth = indent.length / 4;
    above[depth] = `${depth === 0 ? '' : (above[depth - 1] ?? '')}${path}`;
    for (const method of methods?.split(', ') ?? []) {
      if (method !== 'HEAD') routes.push(`${method} ${above[depth]}`);
    }
  }
  return routes.sort();
}

/** Which term of an explanation weighs most depends on the hour at which it is asked for. */
function incidentsFirst(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('terms' in value)) return value;
  return { ...value, terms: (value as Explanation).terms.filter(({ term }) => term === 'incidents') };
}

describe('an example', () => {
  const key = 'force=metropolitan&theme=all&horizonHours=8';
  const QUERIES: Record<string, string> = {
    '/api/incidents': 'from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&limit=1',
    '/api/hotspots': key,
    '/api/forecasts': key,
    '/api/forecasts/outcome': key,
    '/api/replay/difference': `force=metropolitan&at=${formatInstant(THIS_HOUR_MS - HOUR_MS)}`,
    '/api/scorecard': 'force=metropolitan&theme=all&horizonHours=24',
    '/api/forecasts/explanation': `cell=${cellAt(51.5, -0.12)}&theme=all&horizonHours=8`,
    '/api/national': 'theme=all&horizonHours=8',
    '/api/alerts/meter': 'force=metropolitan',
    '/api/search': 'q=corrected',
    '/api/normals': 'theme=all&hours=8',
    '/api/patrols/minutes': 'force=metropolitan',
    '/api/patrols/effect': 'force=essex',
    '/api/patrols/units': 'force=metropolitan',
    '/api/neighbourhoods': `cell=${cellAt(51.5, -0.12)}`,
    '/api/replay/timeline': `from=${formatInstant(THIS_HOUR_MS - DAY_MS)}&to=${formatInstant(THIS_HOUR_MS + DAY_MS)}&bins=4`,
    '/api/handover': `force=metropolitan&from=${HANDED_OVER_MS.map(formatInstant).join('&to=')}`,
    '/api/counts': `theme=all&from=${formatInstant(THIS_HOUR_MS - DAY_MS)}&to=${formatInstant(THIS_HOUR_MS + HOUR_MS)}`,
  };
  const answers = examplesOf('answer');

  it.each(answers.filter(({ heading }) => heading.startsWith('GET')))(
    'answers as the server does: $heading',
    async ({ heading, value }) => {
      const path = heading
        .replace('GET ', '')
        .replace(':name', 'north')
        .replace(/(?<=\/([a-z-]+)\/):id/, (_, of: string) => ids[of] ?? alertId)
        .replace(':cell', cellAt(51.5, -0.12));
      const answer = await ask('GET', `${path}?${QUERIES[path] ?? ''}`);
      expect(answer.status).toBe(200);
      expect(shapeOf(incidentsFirst(await answer.json()))).toEqual(shapeOf(incidentsFirst(value)));
    },
  );

  it('of the roll-up has a force of which something is known as the server tells of it', async () => {
    const known = ({ forces }: National) => shapeOf(forces.find(({ data }) => data === 'live'));
    const [shown] = answers.filter(({ heading }) => heading === 'GET /api/national');
    const answer = await ask('GET', `/api/national?${QUERIES['/api/national'] ?? ''}`);
    expect(known((await answer.json()) as National)).toEqual(known(shown?.value as National));
  });

  it('may be sent as it is, and is answered so', async () => {
    const [incident] = examplesOf('request').filter(({ heading }) => heading === 'POST /api/incidents');
    const answer = await ask('POST', '/api/incidents?agency=police&feed=cad', incident?.value);
    expect(answer.status).toBe(202);
    const shown = answers.find(({ heading }) => heading === incident?.heading);
    expect(shapeOf(await answer.json())).toEqual(shapeOf(shown?.value));
  });

  it('of a reinstated forecast is what the server answers, once', async () => {
    const path = '/api/scorecard/reinstate';
    const isHere = ({ heading }: { heading: string }): boolean => heading === `POST ${path}`;
    const body = examplesOf('request').find(isHere)?.value;
    const answer = await ask('POST', path, body);
    expect(answer.status).toBe(200);
    expect(shapeOf(await answer.json())).toEqual(shapeOf(answers.find(isHere)?.value));
    expect((await ask('POST', path, body)).status).toBe(404);
  });

  it.each(['taskings', 'actions'])('of a step with one of the %s may be sent as it is', async (of) => {
    const body = examplesOf('request').find(({ heading }) => heading === `POST /api/${of}/:id/accept`)?.value;
    const answer = await ask('POST', `/api/${of}/${ids[of] ?? ''}/accept`, body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ state: 'accepted', version: 2 });
  });

  it('of a changed note may be sent as it is, once', async () => {
    const path = `/api/handover/notes/${ids['notes'] ?? ''}`;
    const isHere = ({ heading }: { heading: string }): boolean => heading === 'PUT /api/handover/notes/:id';
    const body = examplesOf('request').find(isHere)?.value;
    const answer = await ask('PUT', path, body);
    expect(await answer.json()).toMatchObject({ version: 2, changedBy: expect.any(String) as string });
    expect((await ask('PUT', path, body)).status).toBe(409);
  });

  it('of a hold-out may be sent as it is; who has no hotspots is told so', async () => {
    const body = examplesOf('request').find(
      ({ heading }) => heading === 'POST /api/patrols/hold-outs',
    )?.value;
    expect((await ask('POST', '/api/patrols/hold-outs', body)).status).toBe(409);
  });

  it('of a step with an alert may be sent as it is, and is answered so', async () => {
    const isHere = ({ heading }: { heading: string }): boolean =>
      heading === 'POST /api/alerts/:id/acknowledge';
    const body = examplesOf('request').find(isHere)?.value;
    const answer = await ask('POST', `/api/alerts/${alertId}/acknowledge`, body);
    expect(answer.status).toBe(200);
    expect(shapeOf(await answer.json())).toEqual(shapeOf(answers.find(isHere)?.value));
  });

  it.each(['/api/alert-rules/dry-run', '/api/webhooks', '/api/handover/notes'])(
    'sent as it is is answered so: %s',
    (path) => {
      const shown = answers.find(({ heading }) => heading === `POST ${path}`);
      expect(shapeOf(made.get(path))).toEqual(shapeOf(shown?.value));
    },
  );

  it('of a saved rule is that of the list', () => {
    const shown = answers.find(({ heading }) => heading === 'GET /api/alert-rules');
    expect(shapeOf({ rules: [made.get('/api/alert-rules')] })).toEqual(shapeOf(shown?.value));
  });

  it('of a CAP message is made as the server’s are', async () => {
    const shown = parsedXml(/^```xml cap\n([^]*?)^```$/m.exec(API_DOCUMENT)?.[1] ?? '');
    const answer = await ask('GET', `/api/alerts/${alertId}/cap`);
    expect(answer.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8');
    const own = parsedXml(await answer.text());
    expect([capFaults(shown), capFaults(own)]).toEqual([[], []]);
    const names = ({ children }: ParsedElement): string[] =>
      children.flatMap((child) => [child.name, ...child.children.map(({ name }) => `${child.name}/${name}`)]);
    // Which this one is no update of; its incidents may be an exercise’s.
    const known = new Set([...names(own), 'references']);
    expect(names(shown).filter((name) => !known.has(name))).toEqual([]);
  });

  it('of a display may be sent as it is, and is answered so', async () => {
    const [display] = examplesOf('request').filter(({ heading }) => heading.startsWith('PUT /api/displays'));
    const shown = answers.find(({ heading }) => heading === display?.heading);
    const answer = await ask('PUT', '/api/displays/south', display?.value);
    expect(answer.status).toBe(200);
    expect(shapeOf(await answer.json())).toEqual(shapeOf(shown?.value));
  });

  it('of a session is what signing in gives', async () => {
    const answer = await ask('POST', '/api/session', { token });
    const shown = answers.find(({ heading }) => heading === 'POST /api/session');
    expect(answer.status).toBe(200);
    expect(shapeOf(await answer.json())).toEqual(shapeOf(shown?.value));
    const [request] = examplesOf('request').filter(({ heading }) => heading === 'POST /api/session');
    expect((await ask('POST', '/api/session', request?.value)).status).toBe(401);
  });

  it('of a problem is word for word what the server says', async () => {
    const body = { ...incidentMessage(), reporter: 'somebody' };
    const answer = await ask('POST', '/api/incidents?agency=police&feed=cad', body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([await answer.json()]).toEqual(examplesOf('problem').map(({ value }) => value));
  });

  it.each(examplesOf('announcement'))('is made as LIVE’s messages are: $value.type', ({ value }) => {
    expect(announced.map(shapeOf)).toContainEqual(shapeOf(value));
  });

  it('is made as the messages of rejected.v1 are', () => {
    expect(rejected.map(shapeOf)).toEqual(examplesOf('rejected').map(({ value }) => shapeOf(value)));
  });

  const frames = examplesOf('frame').map(({ value }) => value as { type: string });
  it.each(frames.filter(({ type }) => !['hello', 'subscribe', 'refused'].includes(type)))(
    'is made as the frames of /live are: $type',
    async (value) => {
      const shape = JSON.stringify(shapeOf(value));
      await until(
        () =>
          client.frames
            .filter(({ type }) => type === value.type)
            .map((frame) => JSON.stringify(shapeOf(frame))),
        (shapes) => shapes.includes(shape),
      );
    },
  );

  it('has a hello with the fields of the real one', () => {
    const shown = frames.find(({ type }) => type === 'hello');
    expect(Object.keys(shown ?? {}).sort()).toEqual(Object.keys(client.hello).sort());
  });

  it('is refused in the words shown', async () => {
    const faulty = await LiveClient.connect(forewatch.server.url, token);
    faulty.subscribe({ forces: ['atlantis'] });
    await until(
      () => faulty.closed,
      (code) => code === 1008,
    );
    expect(faulty.frames.at(-1)).toEqual(frames.find(({ type }) => type === 'refused'));
  });
});

it.each([
  [10_001, 1008],
  [64_001, 1009],
])('a frame of %i characters closes the socket with %i', async (length, code) => {
  const flooding = await LiveClient.connect(forewatch.server.url, token);
  flooding.send('x'.repeat(length));
  await until(
    () => flooding.closed,
    (closed) => closed === code,
  );
});

function ask(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${forewatch.server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
