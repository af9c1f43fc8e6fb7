/** What the parts of one process share: opened together, closed together. */
import type { NatsConnection } from '@nats-io/transport-node';
import { parseJsonOrUndefined } from './parse-json.ts';
import { servedBuild } from './built-client.ts';
import { FeedClock, systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ForceAreas } from './force-areas/force-areas.ts';
import { connectNats } from './feeds/nats-connection.ts';
import { CLOCK_SUBJECT } from './feeds/subjects.ts';
import { LiveGateway, type GatewayPace } from './gateway/live-gateway.ts';
import { Health } from './health.ts';
import { LiveStream } from './live/live-stream.ts';
import { createLog, type Log } from './log.ts';
import { Normals } from './normals/normals.ts';
import { ServedModel, type LoadedModel } from './model/served-model.ts';
import { openDatabase, type Database } from './store/database.ts';
import { selectNewestStamp } from './store/live-archive-store.ts';

export interface Services {
  config: Config;
  log: Log;
  database: Database;
  connection: NatsConnection;
  live: LiveStream;
  clock: Clock;
  health: Health;
  gateway: LiveGateway;
  forceAreas: ForceAreas;
  normals: Normals;
  servedModel: ServedModel;
  /** What `servedModel` has at present: to be read anew whenever it is needed. */
  readonly model: LoadedModel;
  close(): Promise<void>;
}

export interface Addresses {
  databaseUrl: string;
  natsUrls: string[];
}

/** Opens everything; throws where the database or NATS cannot be reached at start. */
export async function openServices(
  config: Config,
  { databaseUrl, natsUrls }: Addresses,
  pace: Partial<GatewayPace> = {},
): Promise<Services> {
  const log = createLog(config.logLevel);
  const database = openDatabase({
    url: databaseUrl,
    name: [...config.roles].join(','),
    onIdleError: (error) => {
      log.warn({ err: error }, 'a database connection broke');
    },
  });
  const connection = await connectNats({ urls: natsUrls, creds: config.natsCreds, name: 'forewatch' });
  const live = await LiveStream.open(connection);
  const clock = await openClock(config, connection, database);
  const servedModel = await ServedModel.open(config.modelDir, log);
  const { basemap, timeZone } = config;
  const gateway = new LiveGateway({ database, live, clock, basemap, timeZone, build: servedBuild, pace });
  return {
    config,
    log,
    database,
    connection,
    live,
    clock,
    health: new Health(clock),
    gateway,
    forceAreas: new ForceAreas(database),
    normals: new Normals({ database, clock, timeZone }),
    servedModel,
    get model() {
      return servedModel.current;
    },
    close: async () => {
      await connection.close();
      await database.end();
    },
  };
}

async function openClock({ clock }: Config, connection: NatsConnection, database: Database): Promise<Clock> {
  if (clock === 'system') return systemClock();
  const feedClock = new FeedClock((await selectNewestStamp(database)) ?? 0);
  connection.subscribe(CLOCK_SUBJECT, {
    callback: (error, message) => {
      if (error === null) feedClock.hear(parseJsonOrUndefined(message.string()));
    },
  });
  // Else the clock may be told while nobody listens yet.
  await connection.flush();
  return feedClock;
}
