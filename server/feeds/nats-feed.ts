/** Incidents from JetStream: one durable pull consumer that all ingest processes share. */
import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import type { Delivery } from './delivery.ts';
import { ensureStreams, INCIDENTS } from './streams.ts';
import { parseIncidentSubject } from './subjects.ts';

const CONSUMER = 'ingest';
const ACK_WAIT_MS = 30_000;
/**
 * So many are asked for ahead of need, and when half of them are here, for the rest again. Few, since nats-server cuts
 * off who has 64 MB waiting unread, and anybody may send messages of a megabyte. Not in bytes: then the client asks with
 * each pull for fewer, until one has no room for a message, and nobody asks again for half a minute.
 */
const PREFETCH = 40;

/** Deliveries until the signal is aborted; throws where the stream or its consumer cannot be had. */
export async function* natsFeed(connection: NatsConnection, signal: AbortSignal): AsyncGenerator<Delivery> {
  const manager = await jetstreamManager(connection);
  await ensureStreams(manager);
  await manager.consumers.add(INCIDENTS, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: 20_000,
  });
  const consumer = await jetstream(connection).consumers.get(INCIDENTS, CONSUMER);
  const messages = await consumer.consume({
    max_messages: PREFETCH,
    threshold_messages: PREFETCH / 2,
    abort_on_missing_resource: true,
  });
  const stop = (): void => {
    messages.stop();
  };
  signal.addEventListener('abort', stop);
  // Told to stop while the consumer was being made: no event comes any more.
  if (signal.aborted) stop();
  try {
    for await (const message of messages) {
      const delivery = deliveryOf(message);
      // The stream takes no other subject than those of agencies.
      if (delivery !== undefined) yield delivery;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await messages.close();
  }
}

function deliveryOf(message: JsMsg): Delivery | undefined {
  const source = parseIncidentSubject(message.subject);
  if (source === undefined) return undefined;
  return {
    agency: source.agency,
    feed: source.feed,
    payload: message.data,
    streamAtMs: Number(message.timestampNanos / 1_000_000n),
    streamSeq: message.seq,
    redelivered: message.redelivered,
    ack: () => {
      message.ack();
    },
    release: () => {
      message.nak();
    },
  };
}
