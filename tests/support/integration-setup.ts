/** Starts one PostgreSQL for a whole run of integration tests, with a migrated database to copy. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../server/config.ts';
import { openConnection } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { prepareTimescale } from '../../server/store/timescale.ts';
import { orderServer, startServer } from './order-server.ts';
import type { KeeperAddress } from './server-keeper.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the servers' keeper. */
    keeper: string;
    /** Where the tests' databases are made. */
    postgresUrl: string;
    /** What that server's databases run on, as it is said at start. */
    databaseKind: string;
    /** The keeper's name for that server; empty where it is not ours to stop. */
    postgresName: string;
  }
}

/** The migrated database that each test file's own is copied from. */
export const TEMPLATE = 'forewatch_tests_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const child = fork(resolve(import.meta.dirname, 'server-keeper.ts'), { detached: true, execArgv: [] });
  const ended = once(child, 'exit');
  const [{ control }] = (await once(child, 'message')) as [KeeperAddress];
  project.provide('keeper', control);

  const { databaseUrl } = readConfig();
  const { name, url } =
    databaseUrl === undefined ? await startServer(control, 'postgres') : { name: '', url: databaseUrl };
  project.provide('databaseKind', await makeTemplate(url));
  project.provide('postgresUrl', url);
  project.provide('postgresName', name);
  return async () => {
    if (name !== '') await orderServer(control, name, 'stop');
    child.disconnect();
    await ended;
  };
}

/** Returns what the template runs on. */
async function makeTemplate(url: string): Promise<string> {
  const connection = await openConnection(url, 'tests');
  await connection.query(`drop database if exists ${TEMPLATE}`);
  await connection.query(`create database ${TEMPLATE}`);
  await connection.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
  const kind = await prepareTimescale(template.href);
  await close(url);
  return kind;
}

/** A database can be copied while nobody is connected to it; TimescaleDB's own workers would come back. */
async function close(url: string): Promise<void> {
  const connection = await openConnection(url, 'tests');
  await connection.query(`alter database ${TEMPLATE} allow_connections false`);
  await connection.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    TEMPLATE,
  ]);
  await connection.end();
}
