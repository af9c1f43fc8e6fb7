/** The archive on plain PostgreSQL keeps its thirty days, counted from when a message was archived. */
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { expireArchive } from '../../server/live/archive-retention.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { insertArchived, selectNewestStamp } from '../../server/store/live-archive-store.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { realForewatch } from '../support/real-forewatch.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';
import { until } from '../support/until.ts';

const kind = inject('databaseKind');
/** There chunks are dropped, in days: see timescale.test.ts. */
const dropsChunks = kind.startsWith('TimescaleDB') && !kind.includes('Apache');

let postgres: RealServer;
let database: Database;
beforeEach(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
afterEach(async () => {
  await database.end();
  await postgres.dispose();
});

const signal = new AbortController().signal;

/** Messages `from` to `to` of an epoch, an hour of `stampMs` apart. */
async function archive(epoch: string, from: number, to: number, stampMs = NOW_MS): Promise<void> {
  await insertArchived(
    database,
    Array.from({ length: to - from + 1 }, (_, index) => ({
      ...{ epoch, seq: from + index, stampMs: stampMs + (from + index) * HOUR_MS },
      ...{ subject: 'stored.v1.kent', payload: '{}' },
    })),
  );
}

/** As if so many days had passed. */
const pass = (days: number): Promise<unknown> =>
  database.query('update archive_marks set marked_at = marked_at - make_interval(days => $1)', [days]);

async function kept(): Promise<Record<string, [from: number, to: number, rows: number]>> {
  const { rows } = await database.query<{ epoch: string; from: number; to: number; rows: number }>(
    'select epoch, min(seq) as from, max(seq) as to, count(*) as rows from live_archive group by epoch order by epoch',
  );
  return Object.fromEntries(rows.map(({ epoch, from, to, rows: count }) => [epoch, [from, to, count]]));
}

describe.skipIf(dropsChunks)(`the archive's days (this server: ${kind})`, () => {
  it('end thirty days after a message was archived, for each at its time', async () => {
    await archive('one', 1, 12_000);
    expect(await expireArchive(database, signal)).toBe(0);
    await pass(20);
    await archive('one', 12_001, 13_000);
    await archive('two', 1, 50);
    expect(await expireArchive(database, signal)).toBe(0);
    await pass(11);
    expect(await expireArchive(database, signal)).toBe(11_999);
    expect(await kept()).toEqual({ one: [12_000, 13_000, 1_001], two: [1, 50, 50] });
    await pass(20);
    expect(await expireArchive(database, signal)).toBe(1_000 + 49);
    expect(await kept()).toEqual({ one: [13_000, 13_000, 1], two: [50, 50, 1] });
    expect(await expireArchive(database, signal)).toBe(0);
    expect(await selectNewestStamp(database)).toBe(NOW_MS + 13_000 * HOUR_MS);
  });

  it('do not end at once for a recording of years ago, and do end for one of the future', async () => {
    await archive('past', 1, 100, NOW_MS - 4_000 * DAY_MS);
    await archive('future', 1, 100, NOW_MS + 4_000 * DAY_MS);
    await expireArchive(database, signal);
    await pass(29);
    expect(await expireArchive(database, signal)).toBe(0);
    await pass(2);
    expect(await expireArchive(database, signal)).toBe(198);
  });

  it('go on where a stopped server left off', async () => {
    await archive('one', 1, 100);
    await expireArchive(database, signal);
    await pass(31);
    expect(await expireArchive(database, AbortSignal.abort())).toBe(0);
    expect(await expireArchive(database, signal)).toBe(99);
  });
});

it('are kept by the server, beside its other stages', async () => {
  const forewatch = await realForewatch({ roles: new Set(['ingest']) });
  const stages = await until(
    () => forewatch.server.services.health.stages(),
    (all) => all.every(({ ok }) => ok),
  );
  expect(stages.map(({ stage }) => stage)).toContain('archive-retention');
  await forewatch.dispose();
});
