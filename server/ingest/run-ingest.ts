/** The ingest stage: pulls batches and takes each through, however long the database or NATS is away. */
import type { NatsConnection } from '@nats-io/transport-node';
import type { FastifyBaseLogger } from 'fastify';
import { formatInstant } from '../../shared/time.ts';
import { microBatches } from '../feeds/micro-batches.ts';
import { natsFeed } from '../feeds/nats-feed.ts';
import { announceIncidents, incidentAnnouncements } from '../live/announce-incidents.ts';
import { retrying } from '../retry.ts';
import { markAnnounced, selectBatchChanges, selectUnannounced } from '../store/batch-store.ts';
import {
  announceBatch,
  prepareBatch,
  storeBatch,
  type BatchAccount,
  type IngestContext,
} from './ingest-batch.ts';

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

/**
 * Runs until the signal is aborted; the batches in hand are then finished. While one batch is being
 * announced the next is being stored and the one after it validated; each step keeps the batches' order.
 */
export async function runIngest(options: IngestOptions, signal: AbortSignal): Promise<void> {
  const { connection, working, onBatch } = options;
  await announceAbandoned(options, 0);
  working();
  const storing = new Sequence();
  const announcing = new Sequence();
  for await (const deliveries of microBatches(natsFeed(connection, signal), LIMITS)) {
    const prepared = prepareBatch(deliveries, options);
    await storing.room();
    storing.next(async () => {
      const stored = await patiently(() => storeBatch(prepared, options), options, signal);
      await announcing.room();
      announcing.next(async () => {
        await patiently(() => announceBatch(stored, options), options, signal);
        working();
        onBatch?.(stored.account);
      });
    });
  }
  await storing.room();
  await announcing.room();
}

/** One act at a time: the next may be handed over once the one before is done. */
class Sequence {
  #current: Promise<void> = Promise.resolve();

  /** Resolves when nothing is under way; rejects with what the last act threw. */
  room(): Promise<void> {
    return this.#current;
  }

  next(act: () => Promise<void>): void {
    this.#current = act();
    // Whoever asks for room is told; until then the failure is not unheard of.
    this.#current.catch(() => undefined);
  }
}

/** What is told to stop still tries once: what it has in hand need not be delivered to somebody else. */
function patiently<T>(
  act: () => Promise<T>,
  { failing, log }: IngestOptions,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) return act();
  return retrying(act, {
    signal,
    onFailure: (error) => {
      failing(error);
      log.warn({ err: error }, 'a batch waits; trying again');
    },
  });
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
