/** Where the server offers TimescaleDB: keeps incidents and archive in chunks of time, compresses old ones, drops old archive, keeps counts. */
import pg from 'pg';
import { makeContinuousAggregates } from './continuous-aggregates.ts';
import { openConnection } from './database.ts';
import { SCHEMA_LOCK } from './migrate.ts';
import { MigrationError } from './migration-files.ts';
import { ARCHIVE_DAYS } from './archive-retention-store.ts';

interface Hypertable {
  table: string;
  timeColumn: string;
  chunk: string;
  compression?: Compression;
  /** Old chunks are dropped. */
  drops?: true;
}

interface Compression {
  /** Rows that share it are compressed together, a thousand at a time: a few hundred values at most. */
  segmentBy: string;
  orderBy: string;
  after: string;
}

const HYPERTABLES: readonly Hypertable[] = [
  {
    table: 'incidents',
    timeColumn: 'occurred_at',
    chunk: '7 days',
    compression: { segmentBy: 'force', orderBy: 'occurred_at', after: '30 days' },
  },
  // Some for each hundred incidents: not worth compressing.
  { table: 'incident_reversals', timeColumn: 'occurred_at', chunk: '90 days' },
  {
    table: 'live_archive',
    timeColumn: 'stamp',
    chunk: '1 day',
    compression: { segmentBy: 'epoch', orderBy: 'seq, stamp', after: '2 days' },
    drops: true,
  },
];

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Brings a migrated database to the state above, as far as its server goes, and returns in one line what
 * it runs on. Idempotent, and safe to run from several processes at once. A first run on tables that hold
 * data moves them, which may take long. Throws `MigrationError`.
 */
export async function prepareTimescale(databaseUrl: string, archiveDays = ARCHIVE_DAYS): Promise<string> {
  const connection = await openConnection(databaseUrl, 'timescale');
  try {
    await connection.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
    const { server, isOffered } = await selectServer(connection);
    if (!isOffered) return `${server} without TimescaleDB: plain tables`;
    const refusal = await refusalOfExtension(connection);
    if (refusal !== undefined)
      return `Warning: ${server} offers TimescaleDB, but it cannot be used (${refusal}): going on with plain tables`;
    const { version, isCommunity } = await selectTimescale(connection);
    for (const hypertable of HYPERTABLES) {
      await makeHypertable(connection, hypertable);
      if (isCommunity) await makePolicies(connection, hypertable, archiveDays);
    }
    if (isCommunity) await makeContinuousAggregates(connection);
    const limits = isCommunity ? '' : ' (Apache edition: nothing is compressed, and counts are plain views)';
    return `TimescaleDB ${version}${limits} on ${server}`;
  } catch (cause) {
    throw new MigrationError(`TimescaleDB: ${(cause as Error).message}`, { cause });
  } finally {
    await connection.end();
  }
}

async function selectServer(connection: pg.Client): Promise<{ server: string; isOffered: boolean }> {
  const { rows } = await connection.query<{ version: string; offered: boolean }>(
    `select current_setting('server_version') as version,
       exists (select from pg_available_extensions where name = 'timescaledb') as offered`,
  );
  // Packagers add their own number: "15.18 (Debian 15.18-0+deb12u1)".
  const version = rows[0]?.version.split(' ')[0] ?? '';
  return { server: `PostgreSQL ${version}`, isOffered: rows[0]?.offered === true };
}

/** Why the extension cannot be had; where it is not preloaded, the server ends the connection too. */
async function refusalOfExtension(connection: pg.Client): Promise<string | undefined> {
  try {
    await connection.query('create extension if not exists timescaledb');
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code !== INSUFFICIENT_PRIVILEGE && !error.message.endsWith('must be preloaded')) throw error;
    return error.message;
  }
}

async function selectTimescale(connection: pg.Client): Promise<{ version: string; isCommunity: boolean }> {
  const { rows } = await connection.query<{ version: string; license: string }>(
    `select extversion as version, current_setting('timescaledb.license') as license
     from pg_extension where extname = 'timescaledb'`,
  );
  return { version: rows[0]?.version ?? '', isCommunity: rows[0]?.license === 'timescale' };
}

async function makeHypertable(
  connection: pg.Client,
  { table, timeColumn, chunk }: Hypertable,
): Promise<void> {
  await connection.query(
    `select create_hypertable($1::regclass, by_range($2, $3::interval),
       create_default_indexes => false, if_not_exists => true, migrate_data => true)`,
    [table, timeColumn, chunk],
  );
}

/**
 * Age is that of the chunk, not of what happened in it: a recording of years ago is neither compressed
 * while it is still being played nor dropped as soon as it is archived under the feed clock.
 */
async function makePolicies(
  connection: pg.Client,
  { table, compression, drops }: Hypertable,
  days: number,
): Promise<void> {
  if (compression !== undefined) await compress(connection, table, compression);
  if (drops === true) await dropAfter(connection, table, days);
}

async function dropAfter(connection: pg.Client, table: string, days: number): Promise<void> {
  // A policy of other days would stay as it is.
  await connection.query(
    `select remove_retention_policy($1::regclass, if_exists => true) from timescaledb_information.jobs
     where hypertable_schema = current_schema and hypertable_name = $1 and proc_name = 'policy_retention'
       and (config->>'drop_created_before')::interval <> make_interval(days => $2)`,
    [table, days],
  );
  await connection.query(
    `select add_retention_policy($1::regclass, drop_created_before => make_interval(days => $2), if_not_exists => true)`,
    [table, days],
  );
}

async function compress(
  connection: pg.Client,
  table: string,
  { segmentBy, orderBy, after }: Compression,
): Promise<void> {
  const { rowCount } = await connection.query(
    'select from timescaledb_information.hypertables where hypertable_name = $1 and compression_enabled',
    [table],
  );
  // Once chunks are compressed, their layout may not be set again.
  if (rowCount === 0)
    await connection.query(
      `alter table ${table} set (timescaledb.compress, timescaledb.compress_segmentby = '${segmentBy}',
         timescaledb.compress_orderby = '${orderBy}')`,
    );
  await connection.query(
    'select add_compression_policy($1::regclass, compress_created_before => $2::interval, if_not_exists => true)',
    [table, after],
  );
}
