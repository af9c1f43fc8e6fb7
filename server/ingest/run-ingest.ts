/** The ingest stage: pulls batches and takes each through, however long the database or NATS is away. */
import type { NatsConnection } from '@nats-io/transport-node';
import type { FastifyBaseLogger } from 'fastify';
import { formatInstant } from '../../shared/time.ts';
import { microBatches } from '../feeds/micro-batches.ts';
import { natsFeed } from '../feeds/nats-feed.ts';
import { announceIncidents, incidentAnnouncements, partName, toldParts } from '../live/announce-incidents.ts';
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

/** So many batches are on their way at a time: two in the database, one being announced. */
const MAX_UNDER_WAY = 3;

/**
 * Runs until the signal is aborted; the batches in hand are then finished. Batches are validated, stored
 * and announced at the same time, each step of a batch after the one before; announcements keep the
 * order of arrival.
 */
export async function runIngest(options: IngestOptions, signal: AbortSignal): Promise<void> {
  const { connection, working, onBatch } = options;
  await announceAbandoned(options, 0);
  working();
  const underWay: UnderWay[] = [];
  let announced: Promise<void> = Promise.resolve();
  for await (const deliveries of microBatches(natsFeed(connection, signal), LIMITS)) {
    const prepared = prepareBatch(deliveries, options);
    const identities = new Set(
      prepared.arrivals.map(({ stored }) => `${stored.agency}|${stored.feed}|${stored.id}`),
    );
    // What comes of one incident is stored in the order in which it came.
    while (
      underWay.length >= MAX_UNDER_WAY ||
      underWay.some((batch) => !identities.isDisjointFrom(batch.identities))
    ) {
      await underWay.shift()?.done;
    }
    const stored = patiently(() => storeBatch(prepared, options), options, signal);
    announced = inTurn(announced, stored, async (batch) => {
      await patiently(() => announceBatch(batch, options), options, signal);
      working();
      onBatch?.(batch.account);
    });
    underWay.push({ identities, done: announced });
  }
  await announced;
}

interface UnderWay {
  identities: ReadonlySet<string>;
  /** Resolves when it is announced and acknowledged; rejects with what kept it from that. */
  done: Promise<void>;
}

/** Acts on a batch once it is stored and the batches before it are announced. */
function inTurn<T>(
  before: Promise<void>,
  stored: Promise<T>,
  act: (batch: T) => Promise<void>,
): Promise<void> {
  const turn = Promise.all([before, stored]).then(([, batch]) => act(batch));
  // Whoever waits for it is told; until then the failure is not unheard of.
  turn.catch(() => undefined);
  return turn;
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
  if (abandoned.length === 0) return 0;
  const told = await toldParts(live, Math.min(...abandoned.map(({ committedAtMs }) => committedAtMs)));
  for (const { batch } of abandoned) {
    const changes = await selectBatchChanges(database, batch);
    const parts = incidentAnnouncements(batch, changes, formatInstant(clock.now()));
    await announceIncidents(
      live,
      parts.filter((part) => !told.has(partName(part))),
    );
  }
  await markAnnounced(
    database,
    abandoned.map(({ batch }) => batch),
  );
  return abandoned.length;
}
