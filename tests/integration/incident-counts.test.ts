/** The counts per hour and cell are those of the incidents that count, whatever was corrected, cancelled or late. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CATEGORIES, MARKERS } from '../../shared/category.ts';
import { STATUSES, TIME_PRECISIONS, type IncidentMessage } from '../../shared/incident.ts';
import { HOUR_MS, formatInstant } from '../../shared/time.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { migrate, MIGRATIONS } from '../../server/store/migrate.ts';
import { prepareTimescale } from '../../server/store/timescale.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';
import { until } from '../support/until.ts';

const kind = inject('databaseKind');
const isAggregated = kind.startsWith('TimescaleDB') && !kind.includes('Apache');

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

const COLUMNS = 'hour, force, cell, category, markers, discovery, time_precision';
const rowsOf = async (own: Database, from: string): Promise<object[]> =>
  (await own.query<object>(`select ${COLUMNS}, incidents from ${from} order by ${COLUMNS}`)).rows;

/** What the views should say, told the long way. */
const counted = (own: Database): Promise<object[]> =>
  rowsOf(
    own,
    `(select date_trunc('hour', i.occurred_at, 'UTC') as hour, force, cell, category, markers, discovery, time_precision,
        count(*) as incidents
      from incidents i join incident_keys using (agency, feed, id, revision) where status <> 'cancelled'
      group by 1, 2, 3, 4, 5, 6, 7) counted`,
  );

let seq = 1;
async function store(own: Database, messages: readonly IncidentMessage[]): Promise<string[]> {
  const first = seq;
  seq += messages.length;
  return (await storeIncidents(own, arrivalsOf(messages, first))).map((outcome) => outcome.kind);
}

/** Waits where the server's own refresh is under way. */
async function refresh(): Promise<void> {
  for (const name of ['incident_hours', 'incident_reversal_hours']) {
    await until(
      () =>
        database.query(`call refresh_continuous_aggregate('${name}', null, null)`).then(
          () => '',
          (error: unknown) => String(error),
        ),
      (problem) => {
        if (problem !== '' && !problem.includes('concurrent refresh')) throw new Error(problem);
        return problem === '';
      },
    );
  }
}

/** Of a few incidents: revisions in any order, of any status, some told twice. */
let runs = 0;
const messages = fc
  .array(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      revision: fc.integer({ min: 1, max: 4 }),
      status: fc.constantFrom(...STATUSES),
      hoursAgo: fc.constantFrom(0, 0.5, 1, 30, 24 * 40, 24 * 400),
      category: fc.constantFrom(...CATEGORIES.slice(0, 3)),
      markers: fc.subarray(MARKERS.slice(0, 2)),
      timePrecision: fc.constantFrom(...TIME_PRECISIONS),
      force: fc.constantFrom('kent' as const, 'surrey' as const),
      times: fc.constantFrom(1, 1, 2),
    }),
    { maxLength: 30 },
  )
  .map((list) => {
    runs++;
    return list.flatMap(({ id, hoursAgo, times, ...rest }) => {
      const occurredAt = formatInstant(NOW_MS - hoursAgo * HOUR_MS);
      return new Array<IncidentMessage>(times).fill(
        incidentMessage({ id: `${runs}-${id}`, occurredAt, ...rest }),
      );
    });
  });

describe('the counts', () => {
  it('are those of what counts, after any history, in batches of any size', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 30 }), async (list, size) => {
        for (let start = 0; start < list.length; start += size) {
          for (const outcome of await store(database, list.slice(start, start + size))) seen.add(outcome);
        }
        expect(await rowsOf(database, 'incident_counts')).toEqual(await counted(database));
      }),
      { numRuns: 40 },
    );
    expect(await counted(database)).not.toHaveLength(0);
    expect([...seen].sort()).toEqual(['conflict', 'duplicate', 'history', 'stored']);
  });

  it('of what was stored by a version before them are brought in by the migration', async () => {
    const older = await realDatabase({ migrated: false });
    const own = openDatabase({ url: older.url, name: 'test' });
    await migrate(older.url);
    const [moved, cancelled, reopened] = [incidentMessage(), incidentMessage(), incidentMessage()];
    await store(own, [moved, cancelled, { ...reopened, status: 'cancelled' }]);
    await store(own, [
      { ...moved, revision: 3, category: 'robbery' },
      { ...cancelled, revision: 2, status: 'cancelled' },
      { ...reopened, revision: 2 },
    ]);
    await store(own, [{ ...moved, revision: 2, category: 'drugs' }]);
    const expected = await counted(own);
    const { rows } = await own.query('select id, revision from incident_reversals order by id, revision');
    // As that version left it: without anything that the migration makes.
    await own.query(`drop view incident_counts, incident_hours, incident_reversal_hours;
      drop table incident_reversals, archive_marks;
      alter table ingest_batches drop column latest_received_at;
      drop index incidents_identity, incidents_batch; create index incidents_occurred_at on incidents (occurred_at)`);
    await own.query(await readFile(join(MIGRATIONS, '0005_counts_and_bounds.sql'), 'utf8'));
    expect(
      (await own.query('select id, revision from incident_reversals order by id, revision')).rows,
    ).toEqual(rows);
    await prepareTimescale(older.url);
    expect(expected).toHaveLength(2);
    expect(await rowsOf(own, 'incident_counts')).toEqual(expected);
    await own.end();
    await older.dispose();
  });
});

describe.skipIf(!isAggregated)(`as continuous aggregates (this server: ${kind})`, () => {
  it('are the same once they are refreshed, again and again', async () => {
    await refresh();
    expect(await rowsOf(database, 'incident_counts')).toEqual(await counted(database));
    const old = incidentMessage({ occurredAt: formatInstant(NOW_MS - 800 * 24 * HOUR_MS) });
    const recent = incidentMessage({ occurredAt: formatInstant(NOW_MS) });
    await store(database, [old, recent]);
    await refresh();
    await store(database, [
      { ...old, revision: 2, status: 'cancelled' },
      { ...recent, revision: 2, category: 'drugs' },
    ]);
    await refresh();
    expect(await rowsOf(database, 'incident_counts')).toEqual(await counted(database));
  });
});
