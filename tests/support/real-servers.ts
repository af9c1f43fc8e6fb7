/** Gives an integration test its own database on a real PostgreSQL and a nats-server of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from '../../server/local-services/free-port.ts';
import { natsProgram } from '../../server/local-services/nats-program.ts';
import { startNats } from '../../server/local-services/nats-server.ts';
import { openConnection } from '../../server/store/database.ts';
import { TEMPLATE } from './integration-setup.ts';

export interface RealServer {
  readonly url: string;
  /** Ends the server in order. `start` brings it back at the same address with the same data. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Removes what the test has used; afterwards the server is of no more use. */
  dispose(): Promise<void>;
}

export interface RealDatabase extends RealServer {
  /** False where DATABASE_URL names a server that is not ours to stop: such tests skip themselves. */
  readonly stoppable: boolean;
}

/**
 * A new, migrated database (empty of tables where `migrated` is false). `stop` stops the whole
 * server: integration test files run one at a time, so no other test notices.
 */
export async function realDatabase({ migrated = true } = {}): Promise<RealDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const serverUrl = inject('postgresUrl');
  const control = inject('postgresControl');
  await administer(serverUrl, `create database ${name}${migrated ? ` template ${TEMPLATE}` : ''}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const order = async (act: 'stop' | 'kill' | 'start'): Promise<void> => {
    if (control === '') throw new Error('this database server is not ours to stop');
    const response = await fetch(`${control}/${act}`, { method: 'POST' });
    if (!response.ok) throw new Error(await response.text());
  };
  return {
    url: url.href,
    stoppable: control !== '',
    stop: () => order('stop'),
    kill: () => order('kill'),
    start: () => order('start'),
    restart: async () => {
      await order('stop');
      await order('start');
    },
    dispose: async () => {
      if (control !== '') await order('start');
      await administer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A fresh nats-server with JetStream. */
export async function realNats(): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-nats-'));
  const options = {
    program: await natsProgram(() => undefined),
    folder: join(folder, 'jetstream'),
    logFile: join(folder, 'nats.log'),
    port: await freePort(),
  };
  let server = await startNats(options);
  // A test process that ends in the middle of a test must not leave the server behind.
  const abandon = (): void => void server.kill();
  process.once('exit', abandon);
  const start = async (): Promise<void> => {
    if (server.hasExited()) server = await startNats(options);
  };
  return {
    url: server.url,
    stop: () => server.stop(),
    kill: () => server.kill(),
    start,
    restart: async () => {
      await server.stop();
      await start();
    },
    dispose: async () => {
      process.off('exit', abandon);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const connection = await openConnection(serverUrl, 'tests');
  await connection.query(statement);
  await connection.end();
}
