/** One batch's way through ingest: validate, store, announce, acknowledge, in that order. */
import { createHash } from 'node:crypto';
import type { IncidentChange } from '../../shared/announcement.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Delivery } from '../feeds/delivery.ts';
import { validate, type Rejection } from '../feeds/validate.ts';
import { announceIncidents, incidentAnnouncements } from '../live/announce-incidents.ts';
import type { LiveStream } from '../live/live-stream.ts';
import { markAnnounced } from '../store/batch-store.ts';
import { isRefusedData, type Database } from '../store/database.ts';
import type { Arrival } from '../store/incident-columns.ts';
import { storeIncidents, type Outcome } from '../store/incident-store.ts';
import { storeRejections, type RejectedMessage } from '../store/rejection-store.ts';
import type { RejectedStream } from './rejected-stream.ts';

export interface IngestContext {
  database: Database;
  live: LiveStream;
  rejectedStream: RejectedStream;
  clock: Clock;
  config: Pick<Config, 'allowOrigins' | 'clock'>;
}

export interface BatchAccount {
  stored: number;
  duplicates: number;
  rejected: number;
  redelivered: number;
}

/**
 * Takes a batch through to its acknowledgement. Throws where the database or NATS is away; nothing
 * is acknowledged then, and the same deliveries may be given again.
 */
export async function ingestBatch(
  deliveries: readonly Delivery[],
  context: IngestContext,
): Promise<BatchAccount> {
  const { database, live, rejectedStream, clock } = context;
  const { arrivals, rejected } = sort(deliveries, context);
  const { outcomes, refused } = await storeOneByOneIfRefused(database, arrivals);
  rejected.push(...refused);
  outcomes.forEach((outcome, index) => {
    const arrival = arrivals[index];
    if (outcome?.kind === 'conflict' && arrival !== undefined) {
      rejected.push(rejectionOf(arrival.delivery, CONFLICT, arrival.receivedAtMs));
    }
  });
  await storeRejections(database, rejected);
  await rejectedStream.publish(rejected);
  const batches = await announceStored(arrivals, outcomes, live, formatInstant(clock.now()));
  for (const delivery of deliveries) delivery.ack();
  await markAnnounced(database, batches);
  const count = (kind: Outcome['kind']): number =>
    outcomes.filter((outcome) => outcome?.kind === kind).length;
  return {
    stored: count('stored') + count('history'),
    duplicates: count('duplicate'),
    rejected: rejected.length,
    redelivered: count('redelivered'),
  };
}

const CONFLICT: Rejection = { reason: 'conflict: same identity, other content', path: '/id', fields: {} };

type LocatedArrival = Arrival & { delivery: Delivery; receivedAtMs: number };

function sort(
  deliveries: readonly Delivery[],
  { config }: IngestContext,
): { arrivals: LocatedArrival[]; rejected: RejectedMessage[] } {
  const arrivals: LocatedArrival[] = [];
  const rejected: RejectedMessage[] = [];
  for (const delivery of deliveries) {
    const result = validate(delivery.payload, { ...delivery, ...config });
    if ('rejection' in result) rejected.push(rejectionOf(delivery, result.rejection, delivery.streamAtMs));
    else {
      const receivedAtMs = Date.parse(result.accepted.stored.receivedAt);
      arrivals.push({
        ...result.accepted,
        streamAtMs: delivery.streamAtMs,
        streamSeq: delivery.streamSeq,
        delivery,
        receivedAtMs,
      });
    }
  }
  return { arrivals, rejected };
}

function rejectionOf(delivery: Delivery, rejection: Rejection, receivedAtMs: number): RejectedMessage {
  return {
    ...rejection,
    agency: delivery.agency,
    feed: delivery.feed,
    streamAtMs: delivery.streamAtMs,
    streamSeq: delivery.streamSeq,
    receivedAtMs,
    sha256: createHash('sha256').update(delivery.payload).digest('hex'),
  };
}

/** Should the database refuse a value that validation let pass, only its own message is rejected. */
async function storeOneByOneIfRefused(
  database: Database,
  arrivals: readonly LocatedArrival[],
): Promise<{ outcomes: (Outcome | undefined)[]; refused: RejectedMessage[] }> {
  if (arrivals.length === 0) return { outcomes: [], refused: [] };
  try {
    return { outcomes: await storeIncidents(database, arrivals), refused: [] };
  } catch (error) {
    if (!isRefusedData(error)) throw error;
    const [only] = arrivals;
    if (arrivals.length === 1 && only !== undefined) {
      const rejection = { reason: `cannot be stored: ${error.message}`, path: '', fields: {} };
      return { outcomes: [undefined], refused: [rejectionOf(only.delivery, rejection, only.receivedAtMs)] };
    }
    const middle = Math.ceil(arrivals.length / 2);
    const front = await storeOneByOneIfRefused(database, arrivals.slice(0, middle));
    const back = await storeOneByOneIfRefused(database, arrivals.slice(middle));
    return { outcomes: [...front.outcomes, ...back.outcomes], refused: [...front.refused, ...back.refused] };
  }
}

/** Returns the batches that LIVE now has. */
async function announceStored(
  arrivals: readonly LocatedArrival[],
  outcomes: readonly (Outcome | undefined)[],
  live: LiveStream,
  at: string,
): Promise<number[]> {
  const changes = new Map<number, IncidentChange[]>();
  outcomes.forEach((outcome, index) => {
    const incident = arrivals[index]?.stored;
    if (outcome?.kind !== 'stored' || incident === undefined) return;
    const change = { incident, ...(outcome.superseded && { superseded: outcome.superseded }) };
    const sameBatch = changes.get(outcome.batch);
    if (sameBatch === undefined) changes.set(outcome.batch, [change]);
    else sameBatch.push(change);
  });
  const batches = [...changes].sort(([one], [other]) => one - other);
  for (const [batch, own] of batches) await announceIncidents(live, incidentAnnouncements(batch, own, at));
  return batches.map(([batch]) => batch);
}
