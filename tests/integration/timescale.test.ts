/** The store in chunks of time where the server offers TimescaleDB, and in plain tables where it does not. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { StoredIncident } from '../../shared/announcement.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { selectBatchChanges } from '../../server/store/batch-store.ts';
import { inTransaction, openConnection, openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { incidentsThatCount } from '../../server/store/known-incidents.ts';
import {
  insertArchived,
  selectArchiveEnd,
  selectNewestStamp,
  type ArchivedMessage,
} from '../../server/store/live-archive-store.ts';
import { migrate } from '../../server/store/migrate.ts';
import { prepareTimescale } from '../../server/store/timescale.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';

const kind = inject('databaseKind');
const isOffered = kind.startsWith('TimescaleDB');

let postgres: RealServer;
let database: Database;

/** Migrated, but not yet prepared. */
beforeEach(async () => {
  postgres = await realDatabase({ migrated: false });
  await migrate(postgres.url);
  database = openDatabase({ url: postgres.url, name: 'test' });
});

afterEach(async () => {
  await database.end();
  await postgres.dispose();
});

async function query<Row extends object>(sql: string): Promise<Row[]> {
  return (await database.query<Row>(sql)).rows;
}

async function countAll(): Promise<StoredIncident[]> {
  return inTransaction(database, async (transaction) => {
    const pages = [];
    for await (const page of incidentsThatCount(transaction, { fromMs: -Infinity, toMs: Infinity }))
      pages.push(...page);
    return pages;
  });
}

const archived = (seq: number, stampMs: number): ArchivedMessage => ({
  epoch: 'one',
  seq,
  stampMs,
  subject: 'live.v1.test',
  payload: '{}',
});

describe.skipIf(isOffered)('on a server without TimescaleDB', () => {
  it('changes nothing and says so', async () => {
    const catalogue = () => query('select oid, relname, relkind from pg_class order by oid');
    const before = await catalogue();
    expect(await prepareTimescale(postgres.url)).toMatch(
      /^PostgreSQL \d+\.\d+ without TimescaleDB: plain tables$/,
    );
    expect(await catalogue()).toEqual(before);
  });
});

describe.skipIf(!isOffered)(`on TimescaleDB (this server: ${kind})`, () => {
  /** One incident a week, of the last ten weeks. */
  const weekly = Array.from({ length: 10 }, (_, week) =>
    incidentMessage({ occurredAt: formatInstant(NOW_MS - week * 7 * DAY_MS) }),
  );
  const [latest = incidentMessage(), , , , , , , , early = incidentMessage()] = weekly;

  const compressAll = (table: string) =>
    query(`select compress_chunk(chunk) from show_chunks('${table}') chunk`);
  const compressed = () =>
    query(`select chunk_name from timescaledb_information.chunks
      where hypertable_name = 'incidents' and is_compressed`);
  const runPolicies = async (): Promise<void> => {
    const connection = await openConnection(postgres.url, 'test');
    const { rows } = await connection.query<{ job_id: number }>(
      `select job_id from timescaledb_information.jobs where hypertable_name in ('incidents', 'live_archive')`,
    );
    for (const { job_id } of rows) await connection.query(`call run_job(${job_id})`);
    await connection.end();
  };

  it('is said, and done once, however many processes start at once and however often', async () => {
    const states = await Promise.all([1, 2, 3].map(() => prepareTimescale(postgres.url)));
    expect(states).toEqual([kind, kind, kind]);
    const jobs = await query(
      `select hypertable_name as table, proc_name as job, config - 'hypertable_id' - 'mat_hypertable_id' as config
       from timescaledb_information.jobs where hypertable_schema = 'public' order by 1, 2`,
    );
    const counted = { start_offset: null, end_offset: '01:00:00' };
    expect(jobs).toEqual([
      { table: 'incident_hours', job: 'policy_refresh_continuous_aggregate', config: counted },
      { table: 'incident_reversal_hours', job: 'policy_refresh_continuous_aggregate', config: counted },
      { table: 'incidents', job: 'policy_compression', config: { compress_created_before: '30 days' } },
      { table: 'live_archive', job: 'policy_compression', config: { compress_created_before: '2 days' } },
      { table: 'live_archive', job: 'policy_retention', config: { drop_created_before: '30 days' } },
    ]);
  });

  it('keeps what the plain tables held, in weekly and daily chunks', async () => {
    await storeIncidents(database, arrivalsOf(weekly, 1));
    await insertArchived(database, [archived(1, NOW_MS - 2 * DAY_MS), archived(2, NOW_MS)]);
    await prepareTimescale(postgres.url);
    expect(await countAll()).toHaveLength(10);
    expect(await selectArchiveEnd(database, 'one')).toEqual({ seq: 2, stampMs: NOW_MS });
    expect(
      await query(`select hypertable_name as table, count(*) as chunks, min(range_end - range_start) as length
        from timescaledb_information.chunks where hypertable_schema = 'public' group by 1 order by 1`),
    ).toEqual([
      { table: 'incidents', chunks: 10, length: expect.objectContaining({ days: 7 }) as unknown },
      { table: 'live_archive', chunks: 2, length: expect.objectContaining({ days: 1 }) as unknown },
    ]);
  });

  it('takes late incidents, corrections and duplicates of what is compressed', async () => {
    await prepareTimescale(postgres.url);
    await storeIncidents(database, arrivalsOf(weekly, 1));
    await compressAll('incidents');
    expect(await compressed()).toHaveLength(10);

    const late = incidentMessage({ occurredAt: early.occurredAt });
    const correction = { ...early, revision: 3, occurredAt: latest.occurredAt, severity: 5 };
    const older = { ...early, revision: 2 };
    const outcomes = await storeIncidents(database, [
      ...arrivalsOf([late, correction, older], 11),
      ...arrivalsOf([latest], 14),
      ...arrivalsOf([latest], 1),
    ]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual([
      'stored',
      'stored',
      'history',
      'duplicate',
      'redelivered',
    ]);
    const [, corrected] = outcomes;
    expect(corrected).toMatchObject({ superseded: { revision: 1, occurredAt: early.occurredAt } });
    const changes = await selectBatchChanges(database, corrected?.kind === 'stored' ? corrected.batch : 0);
    expect(changes).toMatchObject([
      { incident: { id: early.id, revision: 3 }, superseded: { revision: 1, occurredAt: early.occurredAt } },
    ]);

    const before = await countAll();
    expect(before).toHaveLength(11);
    await compressAll('incidents');
    await prepareTimescale(postgres.url);
    expect(await countAll()).toEqual(before);
  });

  it('archives a message once, also where its chunk is compressed', async () => {
    await prepareTimescale(postgres.url);
    await insertArchived(database, [archived(1, NOW_MS), archived(2, NOW_MS)]);
    await compressAll('live_archive');
    await insertArchived(database, [archived(2, NOW_MS), archived(3, NOW_MS)]);
    expect(await query('select seq from live_archive order by seq')).toEqual([
      { seq: 1 },
      { seq: 2 },
      { seq: 3 },
    ]);
    expect(await selectNewestStamp(database)).toBe(NOW_MS);
  });

  it('neither compresses nor drops a recording of years ago that was stored just now', async () => {
    await prepareTimescale(postgres.url);
    const past = NOW_MS - 4_000 * DAY_MS;
    await storeIncidents(database, arrivalsOf([incidentMessage({ occurredAt: formatInstant(past) })], 1));
    await insertArchived(database, [archived(1, past)]);
    await runPolicies();
    expect(await compressed()).toEqual([]);
    expect(await selectNewestStamp(database)).toBe(past);
  });

  it('goes on with plain tables, and says why, where its account may not make the extension', async () => {
    const role = `test_${randomBytes(6).toString('hex')}`;
    await query(`create role ${role} login password '${role}'`);
    const url = new URL(postgres.url);
    url.username = role;
    url.password = role;
    expect(await prepareTimescale(url.href)).toMatch(
      /^Warning: PostgreSQL \d+\.\d+ offers TimescaleDB, but it cannot be used \(permission denied .*\): going on with plain tables$/,
    );
    expect(await query(`select from pg_extension where extname = 'timescaledb'`)).toEqual([]);
    await query(`drop role ${role}`);
  });
});
