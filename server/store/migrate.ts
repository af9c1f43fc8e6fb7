/** Brings the database's schema up to date: forward-only SQL files, in order, each once. */
import { resolve } from 'node:path';
import type { Client, DatabaseError, QueryConfig } from 'pg';
import { openConnection } from './database.ts';
import { MigrationError, readMigrations, type MigrationFile } from './migration-files.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

/** Any number that nothing else locks; it lets one process at a time change the schema. */
export const SCHEMA_LOCK = 7_031_846;

/**
 * Applies what is missing and returns the names of the files it applied. Safe to run from several
 * processes at once: one applies, the others wait and find nothing left. Throws `MigrationError`.
 */
export async function migrate(databaseUrl: string, folder = MIGRATIONS): Promise<string[]> {
  const files = readMigrations(folder);
  const connection = await openConnection(databaseUrl, 'migrate');
  try {
    await connection.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
    await connection.query(`create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`);
    const missing = await selectMissing(connection, files);
    for (const file of missing) await apply(connection, file);
    return missing.map(({ name }) => name);
  } finally {
    await connection.end();
  }
}

/** What was applied must be what the folder still says, from the first file on. */
async function selectMissing(connection: Client, files: MigrationFile[]): Promise<MigrationFile[]> {
  const { rows } = await connection.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from schema_migrations order by number',
  );
  rows.forEach((applied, index) => {
    const file = files[index];
    if (file?.name !== applied.name) {
      throw new MigrationError(
        `${applied.name}: applied to this database, but not among the migrations here; a newer version made it`,
      );
    }
    if (file.sha256 !== applied.sha256) {
      throw new MigrationError(
        `${file.name}: changed after it was applied; restore it and add a new migration`,
      );
    }
  });
  return files.slice(rows.length);
}

async function apply(connection: Client, file: MigrationFile): Promise<void> {
  const { number, name, sql, sha256, outsideTransaction } = file;
  try {
    if (outsideTransaction) {
      // Several statements in one message would be a transaction; the extended protocol takes one only.
      const single: QueryConfig & { queryMode: 'extended' } = { text: sql, queryMode: 'extended' };
      await connection.query(single);
    } else {
      await connection.query('begin');
      await connection.query(sql);
    }
    await connection.query('insert into schema_migrations (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ]);
    if (!outsideTransaction) await connection.query('commit');
  } catch (cause) {
    // Closing the connection rolls the transaction back.
    throw new MigrationError(`${name}${lineOf(cause, sql)}: ${(cause as Error).message}`, { cause });
  }
}

function lineOf(error: unknown, sql: string): string {
  const position = Number((error as Partial<DatabaseError>).position);
  return position > 0 ? ` line ${sql.slice(0, position).split('\n').length}` : '';
}
