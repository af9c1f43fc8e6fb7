/** The only place that opens connections to PostgreSQL: one pool per process, with its limits. */
import pg from 'pg';

/** A pool; a query outside a transaction may run on any of its connections. */
export type Database = pg.Pool;
/** One connection inside a transaction. */
export type Transaction = pg.PoolClient;

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity, after `forewatch `. */
  name: string;
  /** Most connections at a time. */
  connections?: number;
  /** After so long a statement is cancelled; 60 seconds unless said otherwise. */
  longestStatementMs?: number;
  /** Told of connections that break while idle; the pool replaces them by itself. */
  onIdleError?: (error: Error) => void;
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

// pg-types names no array types.
const INT8_ARRAY = 1016;

// Counters, sequence numbers and ids stay far below 2^53, so they are numbers here, not text.
const TYPES = {
  getTypeParser(oid: TypeId, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === pg.types.builtins.INT8) return Number;
    const parse = pg.types.getTypeParser(oid, format) as (value: string) => unknown;
    const number: number = oid;
    if (number !== INT8_ARRAY) return parse;
    return (value) =>
      (parse(value) as (string | null)[]).map((item) => (item === null ? null : Number(item)));
  },
};

/** Opens a pool; it connects at the first query. */
export function openDatabase({
  url,
  name,
  connections = 10,
  longestStatementMs = 60_000,
  onIdleError,
}: DatabaseOptions): Database {
  const database = new pg.Pool({
    connectionString: url,
    application_name: `forewatch ${name}`,
    max: connections,
    types: TYPES,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: longestStatementMs,
    idle_in_transaction_session_timeout: 60_000,
    // Where the server vanishes without a word, no query may wait for it forever.
    query_timeout: 1.5 * longestStatementMs,
  });
  // Without a listener a broken idle connection would end the process.
  database.on('error', (error) => {
    // One that breaks while the pool is being closed is no loss.
    if (!database.ending) onIdleError?.(error);
  });
  return database;
}

/** One connection without a time limit, for work at start that may take long. */
export async function openConnection(url: string, name: string): Promise<pg.Client> {
  const connection = new pg.Client({
    connectionString: url,
    application_name: `forewatch ${name}`,
    types: TYPES,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks rejects its queries; the event repeats it.
  connection.on('error', () => undefined);
  await connection.connect();
  return connection;
}

type Work<Result> = (transaction: Transaction) => Promise<Result>;

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export function inTransaction<Result>(database: Database, work: Work<Result>): Promise<Result> {
  return transact(database, 'begin', work);
}

/** Runs `work` on one unchanging view of the database, read-only. */
export function inSnapshot<Result>(database: Database, work: Work<Result>): Promise<Result> {
  return transact(database, 'begin isolation level repeatable read read only', work);
}

async function transact<Result>(database: Database, begin: string, work: Work<Result>): Promise<Result> {
  const connection = await database.connect();
  // A client taken from the pool has no listener of its own.
  const ignore = (): void => undefined;
  connection.on('error', ignore);
  let broken = false;
  try {
    await connection.query(begin);
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } catch (error) {
    await connection.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    connection.off('error', ignore);
    connection.release(broken);
  }
}

/** Whether the database refused a value itself (SQLSTATE classes 22 and 23): trying again cannot help. */
export function isRefusedData(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
}
