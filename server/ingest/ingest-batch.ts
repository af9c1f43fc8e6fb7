/** The three steps of a batch through ingest: validate, store, then announce and acknowledge, in that order. */
import { createHash } from 'node:crypto';
import type { IncidentChange } from '../../shared/announcement.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Delivery } from '../feeds/delivery.ts';
import type { ForceAreas } from '../force-areas/force-areas.ts';
import { validate, type Rejection } from '../feeds/validate.ts';
import { UNNAMED_FEED } from '../feeds/subjects.ts';
import { announceIncidents, incidentAnnouncements } from '../live/announce-incidents.ts';
import type { LiveStream } from '../live/live-stream.ts';
import { markAnnounced } from '../store/batch-store.ts';
import { isRefusedData, type Database } from '../store/database.ts';
import type { Arrival } from '../store/incident-columns.ts';
import { storeIncidents } from '../store/incident-store.ts';
import type { Outcome } from '../store/outcome.ts';
import { storeRejections, type RejectedMessage } from '../store/rejection-store.ts';
import type { RejectedStream } from './rejected-stream.ts';

export interface IngestContext {
  database: Database;
  live: LiveStream;
  rejectedStream: RejectedStream;
  clock: Clock;
  config: Pick<Config, 'allowOrigins' | 'clock'>;
  forceAreas: Pick<ForceAreas, 'forceAt'>;
}

export interface BatchAccount {
  stored: number;
  duplicates: number;
  rejected: number;
  redelivered: number;
}

/** A batch whose messages are validated; nothing of it is stored yet. */
export interface PreparedBatch {
  deliveries: readonly Delivery[];
  arrivals: readonly LocatedArrival[];
  rejected: readonly RejectedMessage[];
}

/** A batch that is committed; nobody is told of it yet. */
export interface StoredBatch {
  deliveries: readonly Delivery[];
  rejected: readonly RejectedMessage[];
  /** What to announce, by the number of the committed batch, ascending. */
  changes: [batch: number, changes: IncidentChange[]][];
  account: BatchAccount;
}

/** Validates and locates; needs neither database nor NATS. */
export function prepareBatch(
  deliveries: readonly Delivery[],
  { config, forceAreas }: Pick<IngestContext, 'config' | 'forceAreas'>,
): PreparedBatch {
  const forceAt = forceAreas.forceAt.bind(forceAreas);
  const arrivals: LocatedArrival[] = [];
  const rejected: RejectedMessage[] = [];
  for (const delivery of deliveries) {
    const result =
      delivery.feed === UNNAMED_FEED
        ? UNNAMED
        : validate(delivery.payload, { ...delivery, ...config, forceAt });
    if ('rejection' in result) rejected.push(rejectionOf(delivery, result.rejection, delivery.streamAtMs));
    else {
      const { streamAtMs, streamSeq } = delivery;
      const receivedAtMs = Date.parse(result.accepted.stored.receivedAt);
      arrivals.push({ ...result.accepted, streamAtMs, streamSeq, delivery, receivedAtMs });
    }
  }
  return { deliveries, arrivals, rejected };
}

/** Commits. Throws where the database is away; the same batch may be given again. */
export async function storeBatch(
  batch: PreparedBatch,
  { database }: Pick<IngestContext, 'database'>,
): Promise<StoredBatch> {
  const { deliveries, arrivals } = batch;
  const { outcomes, refused } = await storeOneByOneIfRefused(database, arrivals);
  const rejected = [...batch.rejected, ...refused];
  outcomes.forEach((outcome, index) => {
    const arrival = arrivals[index];
    if (outcome?.kind === 'conflict' && arrival !== undefined) {
      rejected.push(rejectionOf(arrival.delivery, CONFLICT, arrival.receivedAtMs));
    }
  });
  await storeRejections(database, rejected);
  const count = (kind: Outcome['kind']): number =>
    outcomes.filter((outcome) => outcome?.kind === kind).length;
  const account = {
    stored: count('stored') + count('history'),
    duplicates: count('duplicate'),
    rejected: rejected.length,
    redelivered: count('redelivered'),
  };
  return { deliveries, rejected, changes: changesByBatch(arrivals, outcomes), account };
}

/** Announces, then acknowledges. Throws where NATS is away; the same batch may be given again. */
export async function announceBatch(batch: StoredBatch, context: IngestContext): Promise<void> {
  const { database, live, rejectedStream, clock } = context;
  const { deliveries, rejected, changes } = batch;
  await rejectedStream.publish(rejected);
  const at = formatInstant(clock.now());
  for (const [number, own] of changes) await announceIncidents(live, incidentAnnouncements(number, own, at));
  for (const delivery of deliveries) delivery.ack();
  await markAnnounced(
    database,
    changes.map(([number]) => number),
  );
}

const UNNAMED = {
  rejection: { reason: 'the subject names no feed (a-z, 0-9 and -, at most 64)', path: '', fields: {} },
};
const CONFLICT: Rejection = { reason: 'conflict: same identity, other content', path: '/id', fields: {} };

type LocatedArrival = Arrival & { delivery: Delivery; receivedAtMs: number };

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
      // The database's own words repeat the value.
      const reason = `cannot be stored (SQLSTATE ${error.code ?? 'unknown'})`;
      const rejection = { reason, path: '', fields: {} };
      return { outcomes: [undefined], refused: [rejectionOf(only.delivery, rejection, only.receivedAtMs)] };
    }
    const middle = Math.ceil(arrivals.length / 2);
    const front = await storeOneByOneIfRefused(database, arrivals.slice(0, middle));
    const back = await storeOneByOneIfRefused(database, arrivals.slice(middle));
    return { outcomes: [...front.outcomes, ...back.outcomes], refused: [...front.refused, ...back.refused] };
  }
}

function changesByBatch(
  arrivals: readonly LocatedArrival[],
  outcomes: readonly (Outcome | undefined)[],
): StoredBatch['changes'] {
  const changes = new Map<number, IncidentChange[]>();
  outcomes.forEach((outcome, index) => {
    const incident = arrivals[index]?.stored;
    if (outcome?.kind !== 'stored' || incident === undefined) return;
    const change = { incident, ...(outcome.superseded && { superseded: outcome.superseded }) };
    const sameBatch = changes.get(outcome.batch);
    if (sameBatch === undefined) changes.set(outcome.batch, [change]);
    else sameBatch.push(change);
  });
  return [...changes].sort(([one], [other]) => one - other);
}
