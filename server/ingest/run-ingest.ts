/** The ingest stage: pulls batches and takes each through, however long the database or NATS is away. */
import type { NatsConnection } from '@nats-io/transport-node';
import type { FastifyBaseLogger } from 'fastify';
import { formatInstant } from '../../shared/time.ts';
import { microBatches } from '../feeds/micro-batches.ts';
import { natsFeed } from '../feeds/nats-feed.ts';
import { announceIncidents, incidentAnnouncements } from '../live/announce-incidents.ts';
import { retrying } from '../retry.ts';
import { markAnnounced, selectBatchChanges, selectUnannounced } from '../store/batch-store.ts';
import { ingestBatch, type BatchAccount, type IngestContext } from './ingest-batch.ts';

const LIMITS = { maxCount: 1_000, maxWaitMs: 50 };
/** A batch that is still unannounced after so long was left behind by a process that died. */
const ABANDONED_AFTER_SECONDS = 10;

export interface IngestOptions extends IngestContext {
  connection: NatsConnection;
  log: FastifyBaseLogger;
  working: () => void;
  failing: (error: unknown) => void;
  onBatch?: (account: BatchAccount) => void;
}

/** Runs until the signal is aborted; the batch in hand is then finished. */
export async function runIngest(options: IngestOptions, signal: AbortSignal): Promise<void> {
  const { connection, log, working, failing, onBatch } = options;
  await announceAbandoned(options, 0);
  working();
  for await (const deliveries of microBatches(natsFeed(connection, signal), LIMITS)) {
    const account = await retrying(() => ingestBatch(deliveries, options), {
      signal,
      onFailure: (error) => {
        failing(error);
        log.warn({ err: error, messages: deliveries.length }, 'batch not stored yet; trying again');
      },
    });
    working();
    onBatch?.(account);
  }
}

/** Announces what a process committed and died before announcing. Returns how many batches. */
export async function announceAbandoned(
  { database, live, clock }: Pick<IngestContext, 'database' | 'live' | 'clock'>,
  afterSeconds = ABANDONED_AFTER_SECONDS,
): Promise<number> {
  const abandoned = await selectUnannounced(database, afterSeconds);
  for (const batch of abandoned) {
    const changes = await selectBatchChanges(database, batch);
    await announceIncidents(live, incidentAnnouncements(batch, changes, formatInstant(clock.now())));
  }
  await markAnnounced(database, abandoned);
  return abandoned.length;
}
