/** Starts one PostgreSQL for a whole run of integration tests, and lets its tests stop and restart it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmodSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../server/config.ts';
import { freePort } from '../../server/local-services/free-port.ts';
import { startPostgres } from '../../server/local-services/postgres-server.ts';
import { openConnection } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the tests' databases are made. */
    postgresUrl: string;
    /** Takes `POST /stop`, `/kill` and `/start`; empty where the server is not ours to stop. */
    postgresControl: string;
  }
}

/** The migrated database that each test file's own is copied from. */
export const TEMPLATE = 'forewatch_tests_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl } = readConfig();
  if (databaseUrl !== undefined) {
    await makeTemplate(databaseUrl);
    project.provide('postgresUrl', databaseUrl);
    project.provide('postgresControl', '');
    return () => Promise.resolve();
  }

  const folder = mkdtempSync(join(tmpdir(), 'forewatch-tests-'));
  // PostgreSQL's own account must be able to enter it.
  chmodSync(folder, 0o755);
  const options = {
    folder: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
    port: await freePort(),
    password: 'tests',
    settings: ['shared_buffers=128MB'],
  };
  let server = await startPostgres(options);
  const control = createServer((request, response) => {
    const act = async (): Promise<void> => {
      if (request.url === '/stop') await server.stop();
      else if (request.url === '/kill') await server.kill();
      else if (server.hasExited()) server = await startPostgres(options);
    };
    act().then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(control, 'listening');
  const url = server.url('postgres');
  await makeTemplate(url);
  project.provide('postgresUrl', url);
  project.provide('postgresControl', `http://127.0.0.1:${(control.address() as AddressInfo).port}`);
  return async () => {
    control.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const connection = await openConnection(url, 'tests');
  await connection.query(`drop database if exists ${TEMPLATE}`);
  await connection.query(`create database ${TEMPLATE}`);
  await connection.end();
  const template = new URL(url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
}
