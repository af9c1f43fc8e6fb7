/** The migration runner on a real PostgreSQL. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnection } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';

let database: RealServer;
let folder: string;

beforeEach(async () => {
  database = await realDatabase({ migrated: false });
  folder = mkdtempSync(join(tmpdir(), 'forewatch-migrations-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.dispose();
});

function write(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await openConnection(database.url, 'tests');
  try {
    return (await connection.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await connection.end();
  }
}

test("the project's own migrations apply to an empty database, once", async () => {
  expect(await migrate(database.url)).not.toHaveLength(0);
  expect(await migrate(database.url)).toEqual([]);
});

test('files are applied in order, and a later one joins them', async () => {
  write('0001_one.sql', 'create table one (n integer); insert into one values (1);');
  write('0002_two.sql', 'update one set n = n + 1;');
  expect(await migrate(database.url, folder)).toEqual(['0001_one.sql', '0002_two.sql']);
  write('0003_three.sql', 'update one set n = n * 10;');
  expect(await migrate(database.url, folder)).toEqual(['0003_three.sql']);
  expect(await query('select n from one')).toEqual([{ n: 20 }]);
});

test('a failing file leaves nothing of itself, keeps the files before it, and names its line', async () => {
  write('0001_one.sql', 'create table one (n integer);');
  write('0002_two.sql', 'create table two (n integer);\n\ninsert into three values (1);');
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /^0002_two\.sql line 3: relation "three" does not exist$/,
  );
  expect(await query(`select to_regclass('one') as one, to_regclass('two') as two`)).toEqual([
    { one: 'one', two: null },
  ]);
  write('0002_two.sql', 'create table two (n integer);');
  expect(await migrate(database.url, folder)).toEqual(['0002_two.sql']);
});

test('a file that was changed after it was applied is refused', async () => {
  write('0001_one.sql', 'create table one (n integer);');
  await migrate(database.url, folder);
  write('0001_one.sql', 'create table one (n bigint);');
  write('0002_two.sql', 'create table two (n integer);');
  await expect(migrate(database.url, folder)).rejects.toThrow(/^0001_one\.sql: changed after it was applied/);
  expect(await query(`select to_regclass('two') as two`)).toEqual([{ two: null }]);
});

test('a database that a newer version migrated is refused', async () => {
  write('0001_one.sql', 'select 1;');
  write('0002_two.sql', 'select 2;');
  await migrate(database.url, folder);
  rmSync(join(folder, '0002_two.sql'));
  await expect(migrate(database.url, folder)).rejects.toThrow(/^0002_two\.sql: .* newer version/);
});

test('a file outside a transaction can build an index concurrently', async () => {
  write('0001_one.sql', 'create table one (n integer);');
  write('0002_index.sql', '-- no-transaction\ncreate index concurrently one_n on one (n);');
  expect(await migrate(database.url, folder)).toHaveLength(2);
  expect(await query(`select to_regclass('one_n') as index`)).toEqual([{ index: 'one_n' }]);
});

test('several migrators at once apply each file once', async () => {
  write('0001_one.sql', 'create table one (n integer);');
  write('0002_two.sql', 'insert into one select 1 from pg_sleep(0.2);');
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)));
  expect(applied.flat().toSorted()).toEqual(['0001_one.sql', '0002_two.sql']);
  expect(await query('select count(*)::int as rows from one')).toEqual([{ rows: 1 }]);
});
