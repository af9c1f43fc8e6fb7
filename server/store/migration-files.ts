/** Reads the migrations of a folder and refuses what could not be applied in order. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MigrationFile {
  number: number;
  /** As in `0001_incidents.sql`. */
  name: string;
  sql: string;
  sha256: string;
  /** Its first line says `-- no-transaction`: one statement that PostgreSQL runs only outside of one. */
  outsideTransaction: boolean;
}

/** The message is one line that names the file. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** All migrations, in order. Throws `MigrationError` on a foreign file, a gap or a number used twice. */
export function readMigrations(folder: string): MigrationFile[] {
  const names = readdirSync(folder).toSorted();
  return names.map((name, index) => {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name)) {
      throw new MigrationError(
        `${name}: not a migration; the folder holds only files like 0001_incidents.sql`,
      );
    }
    const number = Number(name.slice(0, 4));
    if (number !== index + 1) {
      throw new MigrationError(`${name}: out of order; number ${String(index + 1).padStart(4, '0')} is next`);
    }
    // A checkout may end lines as its system likes; that is no change of the migration.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return {
      number,
      name,
      sql,
      sha256: createHash('sha256').update(sql).digest('hex'),
      outsideTransaction: /^-- no-transaction\b/.test(sql),
    };
  });
}
