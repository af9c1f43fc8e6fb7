/** Batches of several feeds that are stored at once never wait for each other's counts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/store/database.ts';
import type { Arrival } from '../../server/store/incident-columns.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';

let postgres: RealServer;
let database: Database;
beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
});

const ROUNDS = 40;

let seq = 100_000;
const nextSeq = (): number => seq++;

function from(feed: string, arrivals: readonly Arrival[]): Arrival[] {
  return arrivals.map((arrival) => ({ ...arrival, stored: { ...arrival.stored, feed } }));
}

it('a correction of one feed and a duplicate of another, and the other way round, both at once', async () => {
  const messages = Array.from({ length: 2 * ROUNDS }, (_, n) => incidentMessage({ id: `m${n}` }));
  for (const [index, feed] of ['a', 'b'].entries())
    await storeIncidents(database, from(feed, arrivalsOf(messages, 1 + index * 10_000)));
  for (let round = 0; round < ROUNDS; round++) {
    const [one, other] = [messages[2 * round], messages[2 * round + 1]];
    if (one === undefined || other === undefined) throw new Error('unreachable');
    const batch = (corrected: string, repeated: string, message: typeof one): Arrival[] => [
      ...from(repeated, arrivalsOf([message], nextSeq())),
      ...from(corrected, arrivalsOf([{ ...message, revision: 2, severity: 4 }], nextSeq())),
    ];
    const outcomes = await Promise.all([
      storeIncidents(database, batch('a', 'b', one)),
      storeIncidents(database, batch('b', 'a', other)),
    ]);
    expect(outcomes.flat().map(({ kind }) => kind)).toEqual(['duplicate', 'stored', 'duplicate', 'stored']);
  }
});
