/** Counts of the past of a real server: per hour and cell, each incident once, and as coarse as whoever asks may know it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getResolution } from 'h3-js';
import type { Principal } from '../../server/access/policy.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import { HARM_DAYS } from '../../shared/harm.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import type { PastCounts } from '../../shared/past-counts.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { NOW_MS } from '../support/stored-incidents.ts';

const FINE = cellAt(51.5, -0.12);
const COARSE = coarseCell(FINE);
const FROM_MS = NOW_MS - 7 * DAY_MS;
const hourAgo = (hours: number): number => NOW_MS / HOUR_MS - hours;
let forewatch: RealForewatch;
let seq = 1;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway']) });
  const moved = at(40, { id: 'moved' });
  await store(
    at(30),
    at(30, { category: 'robbery' }),
    at(30, { category: 'drugs', discovery: 'officer' }),
    at(30, { category: 'violence', markers: ['domestic'] }),
    at(50, { category: 'robbery', force: 'surrey' }),
    at(60, { status: 'cancelled' }),
    at(70, { timePrecision: 'day' }),
    at(8 * 24),
    moved,
  );
  await store({ ...moved, revision: 2, occurredAt: formatInstant(NOW_MS - 29 * HOUR_MS) });
});
afterAll(async () => {
  await forewatch.dispose();
});

/** So many hours ago, in Kent unless told otherwise. */
function at(hours: number, change: Partial<IncidentMessage> = {}): IncidentMessage {
  return incidentMessage({ force: 'kent', occurredAt: formatInstant(NOW_MS - hours * HOUR_MS), ...change });
}

async function store(...messages: IncidentMessage[]): Promise<void> {
  const first = seq;
  seq += messages.length;
  await storeIncidents(forewatch.database, arrivalsOf(messages, first));
}

async function ask(
  query: Record<string, string> = {},
  principal: Partial<Principal> = {},
): Promise<Response> {
  const asked = new URLSearchParams({
    ...{ theme: 'all', from: formatInstant(FROM_MS), to: formatInstant(NOW_MS - DAY_MS) },
    ...query,
  });
  return fetch(`${forewatch.server.url}/api/counts?${asked.toString()}`, {
    headers: { authorization: `Bearer ${await forewatch.token(principal)}` },
  });
}

async function counts(
  query: Record<string, string> = {},
  principal: Partial<Principal> = {},
): Promise<PastCounts> {
  return (await (await ask(query, principal)).json()) as PastCounts;
}

const inCell = ({ cells }: PastCounts, cell: string): unknown =>
  cells.find((own) => own.cell === cell)?.hours;

describe('the counts of the past', () => {
  it('have each incident once, in the hour and place of its latest revision, with its harm', async () => {
    const answer = await counts({ force: 'kent' }, { cleared: true });
    expect(answer).toMatchObject({ theme: 'all', from: formatInstant(FROM_MS) });
    const { burglary, robbery, violence } = HARM_DAYS;
    expect(inCell(answer, FINE)).toEqual([
      [hourAgo(30), 4, burglary + robbery + violence],
      [hourAgo(29), 1, burglary],
    ]);
    expect(answer.cells).toHaveLength(1);
  });

  it('are those of the view that TimescaleDB keeps up to date', async () => {
    const { rows } = await forewatch.database.query<{ sum: string }>(
      `select sum(incidents) from incident_counts where hour >= $1 and hour < $2 and time_precision in ('minute', 'hour')`,
      [new Date(FROM_MS), new Date(NOW_MS - DAY_MS)],
    );
    const { cells } = await counts({}, { cleared: true });
    const total = cells
      .flatMap(({ hours }) => hours.map(([, count]) => count))
      .reduce((sum, n) => sum + n, 0);
    expect(total).toBe(Number(rows[0]?.sum));
    expect(total).toBe(6);
  });

  it.each(['wall', 'dispatcher', 'shift-lead', 'analyst', 'admin'] as const)(
    'place what could point at a home coarsely for a %s who is not cleared, and everything else finely',
    async (role) => {
      const answer = await counts({ force: 'kent' }, { role });
      expect(inCell(answer, FINE)).toEqual([
        [hourAgo(30), 3, HARM_DAYS.burglary + HARM_DAYS.robbery],
        [hourAgo(29), 1, HARM_DAYS.burglary],
      ]);
      expect(inCell(answer, COARSE)).toEqual([[hourAgo(30), 1, HARM_DAYS.violence]]);
      const vawg = await counts({ theme: 'vawg' }, { role });
      expect(vawg.cells.map(({ cell }) => cell)).toEqual([COARSE]);
    },
  );

  it('are coarse throughout for partners', async () => {
    const { cells } = await counts({}, { role: 'partner', cleared: true });
    expect(cells.map(({ cell }) => getResolution(cell))).toEqual([getResolution(COARSE)]);
  });

  it('are of nobody’s forces but one’s own', async () => {
    const { cells } = await counts({}, { forces: ['surrey'] });
    expect(cells.flatMap(({ hours }) => hours)).toEqual([[hourAgo(50), 1, HARM_DAYS.robbery]]);
    expect((await ask({ force: 'kent' }, { forces: ['surrey'] })).status).toBe(403);
  });

  it('need somebody signed in, whole hours, and no more than eight days', async () => {
    expect((await fetch(`${forewatch.server.url}/api/counts?theme=all&from=x&to=y`)).status).toBe(401);
    expect((await ask({ theme: 'tea' })).status).toBe(400);
    expect((await ask({ from: formatInstant(FROM_MS + 1) })).status).toBe(400);
    expect((await ask({ from: formatInstant(FROM_MS - 5 * DAY_MS) })).status).toBe(400);
    expect((await ask({ to: formatInstant(FROM_MS) })).status).toBe(400);
  });
});
