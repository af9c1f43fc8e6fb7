/** A shift's handover on a real server: its parts, what each role sees, what is not known, its files, and notes that are kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { handleAlert } from '../../server/alerts/handle-alert.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { noteCondition } from '../../server/store/feed-condition-store.ts';
import { storeForecast } from '../../server/store/forecast-store.ts';
import { storePatrols } from '../../server/store/patrol-store.ts';
import { coarseCell } from '../../shared/cell.ts';
import type { AlertStep } from '../../shared/alert-step.ts';
import type { Handover, HandoverNote } from '../../shared/handover.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { finding, found, placeOf } from '../support/findings.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch } from '../support/known-incidents.ts';
import { layIncidents } from '../support/past-incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const NOW_MS = Date.now();
const FROM_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS - 4 * HOUR_MS;
const TO_MS = FROM_MS + 3 * HOUR_MS;
const SPAN = `from=${formatInstant(FROM_MS)}&to=${formatInstant(TO_MS)}`;
const CELLS = patch(8);
const [HOT = ''] = CELLS;
let forewatch: RealForewatch;
let alertId = '';
let sensitiveId = '';

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway'] as const) });
  const { database } = forewatch;
  // Ten weeks of two an hour, so that something is usual; three in the shift.
  const past = Array.from({ length: 10 * 7 * 24 * 2 }, (_, i) => ({
    cell: HOT,
    atMs: NOW_MS - 6 * HOUR_MS - i * 30 * MINUTE_MS,
  }));
  const shift = [10, 70, 130].map((minutes) => ({ cell: HOT, atMs: FROM_MS + minutes * MINUTE_MS }));
  await layIncidents(database, 'kent', [...past, ...shift]);
  const window = { from: formatInstant(FROM_MS), to: formatInstant(FROM_MS + 8 * HOUR_MS) };
  for (const theme of ['all', 'vawg'] as const) {
    await storeForecast(database, {
      ...{
        force: 'kent',
        theme,
        horizonHours: 8,
        issuedAt: window.from,
        window,
        modelId: 'm',
        dispersion: 0.1,
      },
      cells: CELLS,
      expected: Float32Array.from(CELLS, (_, index) => [3, 2, 1][index] ?? 0.01),
    });
  }
  await storePatrols(
    database,
    [0, 1, 2, 3].map((minute) => ({
      ...{ force: 'kent' as const, streamAtMs: FROM_MS, streamSeq: minute + 1 },
      ping: { unit: 'K-1', atMs: FROM_MS + minute * MINUTE_MS, cell: HOT },
    })),
  );
  await haveAlerts();
  // A feed that tells of Kent, so that something is known of it, and was silent for half an hour.
  await forewatch.publish(
    'incidents.v1.police.cad',
    incidentMessage({ occurredAt: formatInstant(NOW_MS), force: 'kent' }),
  );
  await until(
    () => forewatch.server.services.gateway.picture?.feedsByForce.of('kent', NOW_MS) ?? [],
    (feeds) => feeds.includes('police/cad'),
  );
  const silence = { agency: 'police', feed: 'cad' } as const;
  const at = (minutes: number): string => formatInstant(FROM_MS + minutes * MINUTE_MS);
  await noteCondition(database, { ...silence, condition: 'silent', since: at(60), notedAt: at(65) });
  await noteCondition(database, { ...silence, condition: 'live', since: at(90), notedAt: at(90) });
  // What is usual is counted as it starts, and seldom afterwards.
  await forewatch.restart();
  await until(
    () => forewatch.server.services.gateway.picture?.feedsByForce.of('kent', NOW_MS) ?? [],
    (feeds) => feeds.length === 2,
  );
  await until(
    () => forewatch.server.services.normals.usualIn(['kent'], 'all', { fromMs: FROM_MS, toMs: TO_MS }),
    ({ normal }) => normal !== null,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

/** One of the shift before that is still open, one that was dealt with, one that would tell of a home, one raised afterwards. */
async function haveAlerts(): Promise<void> {
  const { database } = forewatch;
  await raiseAlert(database, found(1), FROM_MS - HOUR_MS);
  const alert = await raiseAlert(database, found(2), FROM_MS + 10 * MINUTE_MS);
  alertId = alert.id;
  const steps: AlertStep[] = [
    { act: 'acknowledge' },
    { act: 'assign', unit: 'K-1' },
    { act: 'resolve', outcome: 'disorder-dealt-with', note: 'two units' },
  ];
  let expectedVersion = alert.version;
  for (const [index, step] of steps.entries()) {
    const nowMs = FROM_MS + (20 + index) * MINUTE_MS;
    const actor = { name: 'desk-1', role: 'dispatcher', leads: false };
    await handleAlert(database, { id: alertId, expectedVersion, nowMs, step, actor }, () => true);
    expectedVersion++;
  }
  const vawg = found(3, { sensitive: true, finding: finding({ theme: 'vawg', cells: [placeOf(3)] }) });
  sensitiveId = (await raiseAlert(database, vawg, FROM_MS + 30 * MINUTE_MS)).id;
  const later = await raiseAlert(database, found(4), TO_MS + MINUTE_MS);
  // What is decided after the end is the next shift's.
  const dismiss: AlertStep = { act: 'dismiss', reason: 'no-concern' };
  const actor = { name: 'desk-2', role: 'dispatcher', leads: true };
  await handleAlert(
    database,
    { id: later.id, expectedVersion: 1, nowMs: TO_MS + 2 * MINUTE_MS, step: dismiss, actor },
    () => true,
  );
  await handleAlert(
    database,
    { id: sensitiveId, expectedVersion: 1, nowMs: TO_MS + 2 * MINUTE_MS, step: dismiss, actor },
    () => true,
  );
}

async function ask(
  method: string,
  path: string,
  { body, ...who }: Partial<Principal> & { body?: object } = {},
): Promise<Response> {
  const token = await forewatch.token({ role: 'shift-lead', ...who });
  return fetch(`${forewatch.server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function handover(query: string, who: Partial<Principal> = {}): Promise<Handover> {
  const answer = await ask('GET', `/api/handover?${query}`, who);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Handover;
}

describe('a handover', () => {
  it('sets the figures against what is usual, each with its interval', async () => {
    const made = await handover(`force=kent&${SPAN}`);
    expect(made).toMatchObject({ shift: null, until: formatInstant(TO_MS), data: 'live' });
    const [all, knife] = made.figures;
    expect(all).toMatchObject({ theme: 'all', reported: 3, reason: null });
    expect(all?.normal?.expected).toBeCloseTo(6, 0);
    expect(all?.normal?.lower).toBeLessThan(6);
    expect(knife).toMatchObject({ theme: 'knife-crime', reported: 0 });
    expect(made.feeds).toEqual({ known: 2, silentInPart: 1, silentThroughout: 0 });
    expect(made.outages).toMatchObject([
      { agency: 'police', feed: 'cad', from: formatInstant(FROM_MS + HOUR_MS) },
    ]);
  });

  it('has the alerts as they stood at its end, with decisions, times and who', async () => {
    const { alerts, open } = await handover(`force=kent&${SPAN}`);
    expect(alerts).toMatchObject({ raised: 2, resolved: 1, dismissed: 0, openAtEnd: 2, more: 0 });
    const dealtWith = alerts.listed.find(({ alert }) => alert.id === alertId);
    expect(dealtWith).toMatchObject({ state: 'resolved' });
    expect(dealtWith?.steps.map(({ act, by, role, detail, note }) => [act, by, role, detail, note])).toEqual([
      ['raise', 'server', 'server', null, null],
      ['acknowledge', 'desk-1', 'dispatcher', null, null],
      ['assign', 'desk-1', 'dispatcher', 'K-1', null],
      ['resolve', 'desk-1', 'dispatcher', 'disorder-dealt-with', 'two units'],
    ]);
    expect(dealtWith?.replay).toMatch(/^\/replay\?at=\S+&force=kent&theme=all&horizon=8&cell=/);
    // Dismissed later: at the end of this shift it was open.
    expect(alerts.listed.find(({ alert }) => alert.id === sensitiveId)?.state).toBe('raised');
    expect(open.alerts).toHaveLength(2);
  });

  it('has the hotspots of its forecast with what happened and how long patrols were there', async () => {
    const { hotspots, doses } = await handover(`force=kent&${SPAN}`);
    expect(hotspots?.listed[0]).toMatchObject({ rank: 1, cell: HOT, minutes: 3 });
    expect(hotspots?.listed[0]?.observed).toBeGreaterThanOrEqual(3);
    expect(doses).toEqual({ known: true, minutes: 3, inHotspots: 3 });
  });

  it('tells nothing unknown as none', async () => {
    const made = await handover(`force=surrey&${SPAN}`);
    expect(made).toMatchObject({ data: 'none', hotspots: null, doses: { known: false, minutes: null } });
    expect(made.figures.map(({ reported, reason }) => [reported, reason])).toEqual(
      made.figures.map(() => [null, 'no-data']),
    );
  });

  it('tells no count of a span in which every feed was silent', async () => {
    const span = `from=${formatInstant(FROM_MS - 40 * HOUR_MS)}&to=${formatInstant(FROM_MS - 39 * HOUR_MS)}`;
    for (const feed of ['cad', 'laid'])
      await forewatch.database.query(
        `insert into feed_conditions values ('police', $1, $2, $2, 'silent'), ('police', $1, $3, $3, 'live')`,
        [feed, new Date(FROM_MS - 41 * HOUR_MS), new Date(FROM_MS - 38 * HOUR_MS)],
      );
    const made = await handover(`force=kent&${span}`);
    expect(made.feeds).toEqual({ known: 2, silentInPart: 0, silentThroughout: 2 });
    expect(made.figures[0]?.reported).toBeNull();
  });

  it('without a span is that of the present shift, or of the one just over', async () => {
    const made = await handover('force=kent');
    expect([6, 14, 22]).toContain(made.shift);
    expect(Date.parse(made.from)).toBeLessThanOrEqual(NOW_MS - HOUR_MS);
    expect(made.until <= made.to && made.until <= made.madeAt).toBe(true);
    const before = await handover(`force=kent&at=${formatInstant(Date.parse(made.from) - 1)}`);
    expect(before).toMatchObject({ to: made.from, until: made.from });
    expect([6, 14, 22]).toContain(before.shift);
  });

  it.each([
    'force=atlantis',
    `force=kent&from=${formatInstant(FROM_MS)}`,
    `force=kent&from=${formatInstant(TO_MS)}&to=${formatInstant(FROM_MS)}`,
    `force=kent&from=${formatInstant(TO_MS - 8 * DAY_MS)}&to=${formatInstant(TO_MS)}`,
    `force=kent&from=${formatInstant(NOW_MS + HOUR_MS)}&to=${formatInstant(NOW_MS + 2 * HOUR_MS)}`,
    'force=kent&from=x&to=y',
  ])('of a wrong span is refused: %s', async (query) => {
    expect((await ask('GET', `/api/handover?${query}`)).status).toBe(400);
  });

  it.each(ACCESS_ROLES)('is read, and noted in, by a %s as they may', async (role) => {
    const mayRead = ['dispatcher', 'shift-lead', 'analyst', 'admin'].includes(role);
    for (const path of ['/api/handover', '/api/handover.csv', '/api/handover.geojson']) {
      expect((await ask('GET', `${path}?force=kent&${SPAN}`, { role })).status).toBe(mayRead ? 200 : 403);
      expect((await ask('GET', `${path}?force=kent&${SPAN}`, { role, forces: ['essex'] })).status).toBe(403);
      expect((await fetch(`${forewatch.server.url}${path}?force=kent&${SPAN}`)).status).toBe(401);
    }
    const body = {
      force: 'kent',
      from: formatInstant(FROM_MS - 2 * DAY_MS),
      to: formatInstant(FROM_MS - DAY_MS),
      text: role,
    };
    const status = mayRead && role !== 'analyst' ? 200 : 403;
    expect((await ask('POST', '/api/handover/notes', { role, body })).status).toBe(status);
    expect((await ask('POST', '/api/handover/notes', { role, forces: ['essex'], body })).status).toBe(403);
  });

  it('shows what only the cleared may place in coarse hexagons', async () => {
    const cellOf = ({ alerts }: Handover): string | undefined =>
      alerts.listed.find(({ alert }) => alert.id === sensitiveId)?.alert.finding.cells[0];
    expect(cellOf(await handover(`force=kent&${SPAN}`))).toBe(coarseCell(placeOf(3)));
    expect(cellOf(await handover(`force=kent&${SPAN}`, { cleared: true }))).toBe(placeOf(3));
    const { hotspots } = await handover(`force=kent&theme=vawg&${SPAN}`);
    expect(hotspots?.listed.every(({ cell }) => cell === coarseCell(cell))).toBe(true);
    for (const extension of ['csv', 'geojson']) {
      const text = await (await ask('GET', `/api/handover.${extension}?force=kent&${SPAN}`)).text();
      expect(text).not.toContain(placeOf(3));
    }
  });
});

describe('a note', () => {
  const write = (text: string, who: Partial<Principal> = {}): Promise<Response> =>
    ask('POST', '/api/handover/notes', {
      ...who,
      body: { force: 'kent', from: formatInstant(FROM_MS), to: formatInstant(TO_MS), text },
    });

  it('is kept with who and when, in every form, and each change beside what was written before', async () => {
    const written = (await (await write('Watch the harbour', { name: 'lead-1' })).json()) as HandoverNote;
    expect(written).toMatchObject({ version: 1, by: 'lead-1', role: 'shift-lead', changedBy: null });
    const change = { expectedVersion: 1, text: 'Watch the harbour, and the pier' };
    const path = `/api/handover/notes/${written.id}`;
    const changed = await ask('PUT', path, { name: 'lead-2', body: change });
    expect(await changed.json()).toMatchObject({
      version: 2,
      by: 'lead-1',
      changedBy: 'lead-2',
      text: change.text,
    });
    expect((await ask('PUT', path, { body: change })).status).toBe(409);
    expect(
      (await ask('PUT', path, { forces: ['essex'], body: { ...change, expectedVersion: 2 } })).status,
    ).toBe(404);
    expect((await ask('PUT', '/api/handover/notes/999', { body: change })).status).toBe(404);
    const { rows } = await forewatch.database.query<{ body: string }>(
      'select body from handover_note_versions where note = $1 order by version',
      [written.id],
    );
    expect(rows.map(({ body }) => body)).toEqual(['Watch the harbour', change.text]);
    expect((await handover(`force=kent&${SPAN}`)).notes).toMatchObject([
      { id: written.id, text: change.text },
    ]);
    for (const extension of ['csv', 'geojson']) {
      const answer = await ask('GET', `/api/handover.${extension}?force=kent&lang=cy&${SPAN}`);
      expect(answer.headers.get('content-language')).toBe('cy');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="handover-kent-.+"$/);
      const text = await answer.text();
      expect(text).toContain(change.text);
      expect(text).toContain('Nodiadau');
      expect(text).toContain(`${forewatch.server.url}/replay?at=`);
    }
  });

  it('stands in every handover that touches its span, and in no other', async () => {
    await write('Only then');
    const texts = async (fromMs: number, toMs: number): Promise<string[]> =>
      (await handover(`force=kent&from=${formatInstant(fromMs)}&to=${formatInstant(toMs)}`)).notes.map(
        ({ text }) => text,
      );
    expect(await texts(FROM_MS - HOUR_MS, FROM_MS + HOUR_MS)).toContain('Only then');
    expect(await texts(FROM_MS - HOUR_MS, FROM_MS)).not.toContain('Only then');
  });

  it.each(['', ' ', 'x'.repeat(2_001), 'a\u0000b'])('without words or too long is refused', async (text) => {
    expect((await write(text)).status).toBe(400);
  });
});
