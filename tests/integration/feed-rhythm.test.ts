/** What the store learns of a feed's rhythm, by which its silence is judged. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { selectFeeds } from '../../server/store/feed-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';

let postgres: RealServer;
let database: Database;
let seq = 0;

beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
});

/** Stores so many at once at each of these seconds, and returns the mean gap that is known afterwards. */
async function hear(seconds: readonly number[], together = 1): Promise<number> {
  for (const second of seconds) {
    const messages = Array.from({ length: together }, () => incidentMessage({ id: `rhythm-${++seq}` }));
    await storeIncidents(database, arrivalsOf(messages, seq * 1_000, NOW_MS + second * 1_000));
  }
  return (await selectFeeds(database))[0]?.meanGapSeconds ?? NaN;
}

it('learns a slow feed’s rhythm and keeps it when some messages happen to follow close upon each other', async () => {
  const slow = Array.from({ length: 12 }, (_, nth) => nth * 420);
  expect(await hear(slow)).toBeGreaterThan(300);
  const last = slow.at(-1) ?? 0;
  expect(await hear([last + 30, last + 60, last + 90])).toBeGreaterThan(300);
});

it('learns nothing from a load of the past within a second', async () => {
  const before = await hear([6_000]);
  expect(await hear([6_000.1, 6_000.2, 6_000.3], 50)).toBeGreaterThan(0.99 * before);
});

it('learns soon that a feed has become quick', async () => {
  const quick = Array.from({ length: 600 }, (_, nth) => 6_010 + nth * 10);
  expect(await hear(quick)).toBeLessThan(20);
});
