/** Every stage between a feed and the wall, in order. */
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { permits } from './access/policy.ts';
import { takeDueSteps } from './alerts/due-steps.ts';
import { FeedMonitor } from './feeds/feed-monitor.ts';
import { Forecaster } from './forecaster.ts';
import { RejectedStream } from './ingest/rejected-stream.ts';
import { announceAbandoned, runIngest } from './ingest/run-ingest.ts';
import { drainOutbox } from './live/outbox.ts';
import { archiveLive } from './live/archive.ts';
import { expireArchive } from './live/archive-retention.ts';
import { countPatrols } from './patrols/count-patrols.ts';
import { repeat } from './repeat.ts';
import { expireReplay } from './replay/expire-replay.ts';
import { ReplayKeeper } from './replay/replay-keeper.ts';
import { keepScore } from './scorecard/scorecard.ts';
import type { Services } from './services.ts';
import { notePresence } from './store/alert-store.ts';
import { expirePings } from './store/patrol-store.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';
import { supervise, type Stage } from './supervise.ts';

const FEED_CHECK_MS = 1_000;
const ABANDONED_CHECK_MS = 5_000;
const REACHABLE_CHECK_MS = 1_000;
const REPLAY_CHECK_MS = 1_000;
const RETENTION_CHECK_MS = HOUR_MS;
const FORCE_AREAS_CHECK_MS = 1_000;
const PING_RETENTION_CHECK_MS = MINUTE_MS;
const MODEL_CHECK_MS = 1_000;
const NORMALS_CHECK_MS = 1_000;
const ALERT_CHECK_MS = 1_000;
const WEBHOOK_CHECK_MS = 500;
const PRESENCE_MS = 5_000;

export interface Pipeline {
  /** Drains and stops every stage, the gateway last, so that walls see what is still announced. */
  stop(): Promise<void>;
}

/** Starts the stages of this process's roles; they meet on NATS and in the database only. */
export function startPipeline(services: Services): Pipeline {
  const { roles } = services.config;
  const stages = [
    ...connectionStages(services),
    ...(roles.has('forecast') || roles.has('gateway') ? [modelStage(services)] : []),
    ...(roles.has('ingest') ? ingestStages(services) : []),
    ...(roles.has('forecast') ? forecastStages(services) : []),
    ...(roles.has('gateway') ? gatewayStages(services) : []),
  ];
  const stops = stages.map((stage) => supervise(stage, services));
  return {
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
}

/** What every role needs: whether it can be reached is said of it alone, also while no stage needs it. */
function connectionStages({ database, connection }: Services): Stage[] {
  const reachable = (name: string, reach: () => Promise<unknown>): Stage => ({
    name,
    run: (signal, working) => {
      const check = async (): Promise<void> => {
        await reach();
        working();
      };
      return repeat(check, REACHABLE_CHECK_MS, signal);
    },
  });
  return [reachable('database', () => database.query('select 1')), reachable('nats', () => connection.rtt())];
}

/** The model's folder, so that a promoted model is forecast with without a restart. */
function modelStage({ servedModel }: Services): Stage {
  return {
    name: 'model',
    run: (signal, working) => {
      const refresh = async (): Promise<void> => {
        await servedModel.refresh();
        working(servedModel.refusal === undefined ? '' : 'a changed model is refused; the log says why');
      };
      return repeat(refresh, MODEL_CHECK_MS, signal);
    },
  };
}

/** feeds ▸ validate ▸ locate ▸ store ▸ announce ▸ acknowledge; beside it the bookkeeping of what was announced. */
function ingestStages(services: Services): Stage[] {
  const { database, live, connection, clock, config, forceAreas, health, log } = services;
  return [
    {
      name: 'ingest',
      run: async (signal, working) => {
        // Nothing is taken in before it is known whose area it lies in.
        await forceAreas.refresh();
        await runIngest(
          {
            database,
            live,
            connection,
            clock,
            config,
            forceAreas,
            log,
            rejectedStream: new RejectedStream(connection),
            working,
            failing: (error) => {
              health.bad('ingest', error);
            },
          },
          signal,
        );
      },
    },
    {
      name: 'force-areas',
      run: (signal, working) => {
        const check = async (): Promise<void> => {
          if (await forceAreas.refresh()) log.info('force areas were imported: incidents are located anew');
          working();
        };
        return repeat(check, FORCE_AREAS_CHECK_MS, signal);
      },
    },
    {
      name: 'feed-monitor',
      run: (signal, working) => {
        const monitor = new FeedMonitor(services);
        const check = async (): Promise<void> => {
          await monitor.check();
          working();
        };
        return repeat(check, FEED_CHECK_MS, signal);
      },
    },
    {
      name: 'patrols',
      run: (signal, working) => countPatrols({ database, connection, clock, log }, signal, working),
    },
    {
      name: 'patrol-retention',
      run: (signal, working) => {
        const expire = async (): Promise<void> => {
          await expirePings(database, clock.now());
          working();
        };
        return repeat(expire, PING_RETENTION_CHECK_MS, signal);
      },
    },
    {
      name: 'recovery',
      run: (signal, working) => {
        const check = async (): Promise<void> => {
          await announceAbandoned(services);
          working();
        };
        return repeat(check, ABANDONED_CHECK_MS, signal);
      },
    },
    {
      name: 'archive',
      run: (signal, working) => archiveLive({ database, live, clock: config.clock }, signal, working),
    },
    {
      name: 'replay',
      run: (signal, working) => {
        const keeper = new ReplayKeeper({ database, live, clock, timeZone: config.timeZone });
        const keep = async (): Promise<void> => {
          while (!signal.aborted && (await keeper.keep())) working();
          working();
        };
        return repeat(keep, REPLAY_CHECK_MS, signal);
      },
    },
    {
      name: 'archive-retention',
      run: (signal, working) => {
        const expire = async (): Promise<void> => {
          await expireArchive(database, signal, config.archiveDays);
          await expireReplay(database, config.replayDays);
          working();
        };
        return repeat(expire, RETENTION_CHECK_MS, signal);
      },
    },
  ];
}

/** stored ▸ rolling windows ▸ features ▸ model ▸ rank ▸ announce; issued forecasts are stored whole, and scored later. */
function forecastStages(services: Services): Stage[] {
  return [
    { name: 'forecast', run: (signal, working) => new Forecaster(services).run(signal, working) },
    { name: 'scorecard', run: (signal, working) => keepScore(services, signal, working) },
    {
      name: 'webhooks',
      run: async (signal, working) => {
        const sender = new WebhookSender(services);
        const begin = async (): Promise<void> => {
          await sender.begin();
          working();
        };
        await repeat(begin, WEBHOOK_CHECK_MS, signal).finally(() => sender.drain());
      },
    },
    {
      name: 'alerts',
      run: (signal, working) => {
        const { database, live, clock } = services;
        const act = async (): Promise<void> => {
          await takeDueSteps(database, clock.now());
          // Also what a gateway committed and died before announcing.
          await drainOutbox(database, live);
          working();
        };
        return repeat(act, ALERT_CHECK_MS, signal);
      },
    },
  ];
}

/** LIVE ▸ picture ▸ snapshot and deltas ▸ sockets; beside it what is usual, counted anew now and then. */
function gatewayStages({ gateway, normals, database }: Services): Stage[] {
  return [
    { name: 'gateway', run: (signal, working) => gateway.run(signal, working) },
    {
      name: 'presence',
      run: (signal, working) => {
        const note = async (): Promise<void> => {
          const handlers = gateway.principals.filter((one) => permits(one, { act: 'handle-alerts' }));
          await notePresence(database, handlers);
          working();
        };
        return repeat(note, PRESENCE_MS, signal);
      },
    },
    {
      name: 'normals',
      run: (signal, working) => {
        const refresh = async (): Promise<void> => {
          await normals.refresh();
          working();
        };
        return repeat(refresh, NORMALS_CHECK_MS, signal);
      },
    },
  ];
}
