/** Incidents looked up by their id: each role finds what it may see, and sees it as finely as it may. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { SearchFound } from '../../shared/search.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;
const CELL = cellAt(51.5, -0.12);
const at = new Date().toISOString();

beforeAll(async () => {
  forewatch = await realForewatch();
  const publish = (feed: string, change: object): Promise<number> =>
    forewatch.publish(`incidents.v1.${feed}`, incidentMessage({ occurredAt: at, force: 'kent', ...change }));
  await publish('police.cad', { id: 'A-1' });
  await publish('council.wardens', { id: 'A-1', force: 'essex', category: 'anti-social-behaviour' });
  await publish('police.cad', { id: 'A-2', markers: ['domestic'], category: 'violence' });
  await publish('police.cad', { id: 'A-3' });
  await publish('police.cad', { id: 'A-3', revision: 2, category: 'robbery' });
  await until(
    () => found('A-3'),
    ({ incidents }) => incidents[0]?.revision === 2,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

async function ask(q: string, who: Partial<Principal>): Promise<Response> {
  const token = await forewatch.token(who);
  return fetch(`${forewatch.server.url}/api/search?q=${encodeURIComponent(q)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}

async function found(q: string, who: Partial<Principal> = { role: 'dispatcher' }): Promise<SearchFound> {
  return (await (await ask(q, who)).json()) as SearchFound;
}

it('finds every feed’s incident of that id, as it counts now', async () => {
  expect((await found('A-1')).incidents.map(({ agency }) => agency).sort()).toEqual(['council', 'police']);
  expect((await found('A-3')).incidents).toMatchObject([{ revision: 2, category: 'robbery' }]);
  expect((await found('A-9')).incidents).toEqual([]);
});

it('finds neighbourhoods by a part of their name, those that begin with it first', async () => {
  const insert = (id: string, name: string): Promise<unknown> =>
    forewatch.database.query(
      `insert into neighbourhoods (force, id, name, south, west, north, east, geometry, imported_at)
       values ('kent', $1, $2, 51, 0, 51.2, 0.1, '[]', now())`,
      [id, name],
    );
  await insert('1', 'Old Harbour');
  await insert('2', 'Harbour North');
  const { neighbourhoods } = await found('harbour');
  expect(neighbourhoods.map(({ name }) => name)).toEqual(['Harbour North', 'Old Harbour']);
  expect(neighbourhoods[0]).toEqual({ force: 'kent', name: 'Harbour North', lat: 51.1, lon: 0.05 });
  expect((await found('100%')).neighbourhoods).toEqual([]);
});

it('shows no more than one may see, and no finer', async () => {
  for (const role of ['wall', 'dispatcher', 'shift-lead', 'analyst', 'admin'] as const) {
    expect((await found('A-2', { role })).incidents).toMatchObject([
      { cell: coarseCell(CELL), coarse: true },
    ]);
    expect((await found('A-2', { role, cleared: true })).incidents).toMatchObject([{ cell: CELL }]);
    expect((await found('A-1', { role, forces: ['kent'] })).incidents).toMatchObject([{ force: 'kent' }]);
  }
  const partner = await found('A-1', { role: 'partner', cleared: true });
  expect(partner.incidents.every(({ coarse, cell }) => coarse && cell === coarseCell(CELL))).toBe(true);
  expect((await ask('A', { role: 'dispatcher' })).status).toBe(400);
  expect((await fetch(`${forewatch.server.url}/api/search?q=A-1`)).status).toBe(401);
});
