/** Gives an integration test its own database on a real PostgreSQL and a nats-server of its own. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openConnection } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { prepareTimescale } from '../../server/store/timescale.ts';
import { TEMPLATE } from './integration-setup.ts';
import { orderServer, startServer } from './order-server.ts';

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

/** False where DATABASE_URL names a server that is not ours to stop: tests that would are skipped. */
export const ownsDatabase = inject('postgresName') !== '';

export interface RealDatabaseOptions {
  /** Empty of tables where false. */
  migrated?: boolean;
  /** On a server that no other test file uses: only that may be stopped or killed. */
  ownServer?: boolean;
}

/** A new database; migrated, unless told otherwise. With `DATABASE_URL` set there are no servers of our own. */
export async function realDatabase({
  migrated = true,
  ownServer = false,
}: RealDatabaseOptions = {}): Promise<RealServer> {
  if (ownServer && ownsDatabase) return databaseOfItsOwn(migrated);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const serverUrl = inject('postgresUrl');
  await administer(serverUrl, `create database ${name}${migrated ? ` template ${TEMPLATE}` : ''}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    ...acts(''),
    dispose: () => administer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

async function databaseOfItsOwn(migrated: boolean): Promise<RealServer> {
  const { name, url } = await startServer(inject('keeper'), 'postgres');
  if (migrated) {
    await migrate(url);
    await prepareTimescale(url);
  }
  const { stop, ...others } = acts(name);
  return { url, stop, ...others, dispose: stop };
}

export interface RealNats extends RealServer {
  /** Stops it, and brings it back at the same address with nothing in its store. */
  wipe(): Promise<void>;
}

/** A fresh nats-server with JetStream. */
export async function realNats(): Promise<RealNats> {
  const { name, url } = await startServer(inject('keeper'), 'nats');
  const { stop, ...others } = acts(name);
  const wipe = (): Promise<void> => orderServer(inject('keeper'), name, 'wipe');
  return { url, stop, ...others, wipe, dispose: stop };
}

function acts(name: string): Pick<RealServer, 'stop' | 'kill' | 'start' | 'restart'> {
  const order = async (act: 'stop' | 'kill' | 'start'): Promise<void> => {
    if (name === '') throw new Error('other tests use this server, too: ask for one of your own');
    await orderServer(inject('keeper'), name, act);
  };
  return {
    stop: () => order('stop'),
    kill: () => order('kill'),
    start: () => order('start'),
    restart: async () => {
      await order('stop');
      await order('start');
    },
  };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const connection = await openConnection(serverUrl, 'tests');
  await connection.query(statement);
  await connection.end();
}
