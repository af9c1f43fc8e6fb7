/** Coverage of a real server: which feeds tell of what, who is told of it, and that a restart forgets none of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../server/access/policy.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { Coverage, ForceCoverage } from '../../shared/coverage.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const DOVER = { lat: 51.13, lon: 1.31 };
const CELLS = [coarseCell(cellAt(DOVER.lat, DOVER.lon))];
let forewatch: RealForewatch;

beforeAll(async () => {
  forewatch = await realForewatch();
  await ready();
  const occurredAt = formatInstant(Date.now() - MINUTE_MS);
  const message = { force: 'kent', location: DOVER, occurredAt } as const;
  for (const feed of ['cad', 'cctv'])
    await forewatch.publish(`incidents.v1.police.${feed}`, incidentMessage(message));
  await until(
    async () => (await row('kent'))?.feeds.length,
    (feeds) => feeds === 2,
  );
  // Nothing for a day: whatever its rhythm, it is silent.
  await forewatch.database.query(
    "update feeds set last_received_at = last_received_at - interval '1 day' where feed = 'cad'",
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
}

async function ask(principal: Partial<Principal> = {}): Promise<Coverage> {
  const authorization = `Bearer ${await forewatch.token(principal)}`;
  const response = await fetch(`${forewatch.server.url}/api/coverage`, { headers: { authorization } });
  return (await response.json()) as Coverage;
}

async function row(force: Force, principal?: Partial<Principal>): Promise<ForceCoverage | undefined> {
  return (await ask(principal)).forces.find((own) => own.force === force);
}

const silentCells = (kent: ForceCoverage | undefined): unknown =>
  kent?.feeds.map(({ feed, condition, cells }) => [feed, condition, cells]);
const EXPECTED = [
  ['cad', 'silent', CELLS],
  ['cctv', 'live', null],
];

it.each(['wall', 'dispatcher', 'shift-lead', 'analyst', 'partner', 'admin'] as const)(
  'tells a %s where the silent feed told of something, coarsely',
  async (role) => {
    expect(silentCells(await row('kent', { role }))).toEqual(EXPECTED);
  },
);

it('tells of other forces than one may see nothing at all, and strangers nothing', async () => {
  expect((await ask({ forces: ['essex'] })).forces).toEqual([{ force: 'essex', data: 'none', feeds: [] }]);
  expect((await fetch(`${forewatch.server.url}/api/coverage`)).status).toBe(401);
});

it('knows the same after a restart, from what is stored', async () => {
  await forewatch.restart();
  await ready();
  expect(silentCells(await row('kent'))).toEqual(EXPECTED);
});
