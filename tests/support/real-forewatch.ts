/** Runs the real server inside a test, on a database and a nats-server of the test's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Principal } from '../../server/access/policy.ts';
import { newToken, sha256 } from '../../server/access/secrets.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { ensureStreams } from '../../server/feeds/streams.ts';
import { jetstreamManager } from '@nats-io/jetstream';
import type { GatewayPace } from '../../server/gateway/live-gateway.ts';
import { serve, type RunningServer } from '../../server/serve.ts';
import type { Addresses } from '../../server/services.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { saveToken } from '../../server/store/account-store.ts';
import {
  realDatabase,
  realNats,
  type RealDatabaseOptions,
  type RealNats,
  type RealServer,
} from './real-servers.ts';

export interface RealForewatch {
  database: Database;
  postgres: RealServer;
  nats: RealNats;
  connection: NatsConnection;
  server: RunningServer;
  /** What another process of the same installation is started with. */
  addresses: Addresses;
  config: Config;
  /** Publishes a message (an object, or raw text) and resolves with its stream seq. */
  publish(subject: string, message: unknown): Promise<number>;
  /** A token for somebody with these rights. */
  token(principal?: Partial<Principal>): Promise<string>;
  /** Stops the server process's part and starts it again, from then on with another configuration where given. */
  restart(change?: Partial<Config>): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * `pace` lets its gateway beat faster than once in five seconds; `ownServer` gives it a PostgreSQL server that may be
 * stopped.
 */
export async function realForewatch(
  change: Partial<Config> = {},
  pace: Partial<GatewayPace> = {},
  { ownServer = false }: Pick<RealDatabaseOptions, 'ownServer'> = {},
): Promise<RealForewatch> {
  const postgres = await realDatabase({ ownServer });
  const nats = await realNats();
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-'));
  const config: Config = {
    ...readConfig({}),
    port: 0,
    dataDir: folder,
    logLevel: 'silent',
    allowOrigins: new Set(['live', 'recorded', 'simulated']),
    forecastIntervalSeconds: 0.5,
    basemap: { kind: 'none' },
    ...change,
  };
  const addresses = { databaseUrl: postgres.url, natsUrls: [nats.url] };
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  await ensureStreams(await jetstreamManager(connection));
  const forewatch: RealForewatch = {
    database,
    postgres,
    nats,
    connection,
    addresses,
    config,
    server: await serve(config, addresses, pace),
    publish: async (subject, message) => {
      const payload = typeof message === 'string' ? message : JSON.stringify(message);
      return (await jetstream(connection).publish(subject, payload)).seq;
    },
    token: async (principal = {}) => {
      const token = newToken();
      const someone: Principal = { name: token, role: 'wall', forces: [], cleared: false, ...principal };
      await saveToken(database, sha256(token), someone);
      return token;
    },
    restart: async (another = {}) => {
      await forewatch.server.stop();
      Object.assign(config, another);
      forewatch.server = await serve(config, addresses, pace);
    },
    dispose: async () => {
      await forewatch.server.stop();
      await connection.close();
      await database.end();
      await postgres.dispose();
      await nats.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return forewatch;
}
