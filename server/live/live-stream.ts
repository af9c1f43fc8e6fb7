/** The LIVE stream: what every stage announces, read back in one order that is the same for all. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeliverPolicy,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  type OrderedConsumerOptions,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Announcement } from '../../shared/announcement.ts';
import { formatInstant } from '../../shared/time.ts';
import { ensureStreams, LIVE } from '../feeds/streams.ts';
import {
  alertsSubject,
  feedsSubject,
  forecastsSubject,
  hotspotsSubject,
  storedSubject,
} from '../feeds/subjects.ts';

/** Room for headers below the stream's limit of 256 kB. */
export const MAX_PAYLOAD_BYTES = 250_000;

export interface LiveMessage {
  seq: number;
  /** JetStream's timestamp, epoch milliseconds. */
  streamAtMs: number;
  subject: string;
  /** JSON, as it was announced. */
  payload: string;
  /** Read from the payload when it is first asked for. */
  readonly announcement: Announcement;
}

/**
 * How many messages a reader asks for at a time. nats-server cuts off who has 64 MB waiting unread, again at each
 * attempt: a hundred and fifty of the largest messages stay well below.
 */
const PULL = 150;

/** LIVE was made anew: every position in it is void. */
export class LiveEpochChanged extends Error {
  override readonly name = 'LiveEpochChanged';
}

function subjectOf(announcement: Announcement): string {
  switch (announcement.type) {
    case 'incidents.stored':
      return storedSubject(announcement.force);
    case 'hotspots.ranked':
      return hotspotsSubject(announcement.force);
    case 'forecasts.issued':
      return forecastsSubject(announcement.force);
    case 'alert.changed':
    case 'tasking.changed':
    case 'action.changed':
      return alertsSubject(announcement.force);
    case 'feeds.changed':
      return feedsSubject(announcement.feed.agency, announcement.feed.feed);
  }
}

/** A message that was under way when NATS went down is never answered: whoever waits must try again soon. */
const ANSWER_MS = 3_000;

/** What has a time of the database's own is in LIVE, whose times are nats-server's, not longer before it than this. */
export const CLOCKS_APART_MS = 60_000;

const STREAM_NOT_FOUND = 10_059;
/** nats-server says that a consumer is gone before its stream is, and that before the files are: a new one would lose its own. */
const DELETION_MS = 1_000;

function liveMessageOf(message: JsMsg): LiveMessage {
  const payload = message.string();
  let announcement: Announcement | undefined;
  return {
    seq: message.seq,
    streamAtMs: Number(message.timestampNanos / 1_000_000n),
    subject: message.subject,
    payload,
    get announcement() {
      return (announcement ??= JSON.parse(payload) as Announcement);
    },
  };
}

function startOf(
  from: { afterSeq: number } | { fromMs: number } | 'latest',
): Partial<OrderedConsumerOptions> {
  if (from === 'latest') return { deliver_policy: DeliverPolicy.LastPerSubject };
  if ('afterSeq' in from)
    return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from.afterSeq + 1 };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: formatInstant(from.fromMs) };
}

/** What a consumer says where its stream may be gone, or another one. */
const STREAM_IS_IN_DOUBT: ReadonlySet<string> = new Set([
  'ordered_consumer_recreated',
  'stream_not_found',
  'consumer_deleted',
  'heartbeats_missed',
]);

export class LiveStream {
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;

  private constructor(client: JetStreamClient, manager: JetStreamManager) {
    this.#client = client;
    this.#manager = manager;
  }

  static async open(connection: NatsConnection): Promise<LiveStream> {
    const manager = await jetstreamManager(connection);
    await ensureStreams(manager);
    return new LiveStream(jetstream(connection), manager);
  }

  /** `epoch` names this life of the stream. */
  async position(): Promise<{ epoch: string; firstSeq: number; lastSeq: number }> {
    await ensureStreams(this.#manager);
    const { created, state } = await this.#manager.streams.info(LIVE);
    return { epoch: created, firstSeq: state.first_seq, lastSeq: state.last_seq };
  }

  /** Resolves with the message's seq once LIVE has it. The same `messageId` again within ten minutes is dropped. */
  async announce(announcement: Announcement, messageId?: string): Promise<number> {
    const payload = JSON.stringify(announcement);
    const { seq } = await this.#client.publish(subjectOf(announcement), payload, {
      timeout: ANSWER_MS,
      ...(messageId !== undefined && { msgID: messageId }),
    });
    return seq;
  }

  /**
   * Every announcement after `afterSeq`, then those to come, until the signal is aborted. Throws
   * `LiveEpochChanged` where the stream is no longer the one that `epoch` names.
   */
  async *read(options: {
    epoch: string;
    afterSeq: number;
    subjects?: string;
    signal: AbortSignal;
  }): AsyncGenerator<LiveMessage> {
    const { epoch, afterSeq, subjects, signal } = options;
    const consumer = await this.#client.consumers.get(LIVE, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: afterSeq + 1,
      ...(subjects !== undefined && { filter_subjects: subjects }),
    });
    const messages = await consumer.consume({ max_messages: PULL });
    const stop = (): void => {
      messages.stop();
    };
    signal.addEventListener('abort', stop);
    // Told to stop while the consumer was being made: no event comes any more.
    if (signal.aborted) stop();
    const epochChanged = this.#watchEpoch(epoch, messages, signal);
    try {
      for await (const message of messages) {
        yield liveMessageOf(message);
      }
      if (epochChanged()) throw new LiveEpochChanged('LIVE was made anew');
    } finally {
      signal.removeEventListener('abort', stop);
      await messages.close();
    }
  }

  /**
   * What LIVE holds already of these subjects, from a position or a time on, in order; then it ends. What is
   * announced meanwhile may be among it.
   */
  async *held(
    subjects: string,
    from: { afterSeq: number } | { fromMs: number } | 'latest',
  ): AsyncGenerator<LiveMessage> {
    const consumer = await this.#client.consumers.get(LIVE, { filter_subjects: subjects, ...startOf(from) });
    try {
      if ((await consumer.info()).num_pending === 0) return;
      const messages = await consumer.consume({ max_messages: PULL });
      try {
        for await (const message of messages) {
          yield liveMessageOf(message);
          if (message.info.pending === 0) return;
        }
      } finally {
        await messages.close();
      }
    } finally {
      await consumer.delete();
    }
  }

  /** The seq of LIVE's last message before the time; of its first one's predecessor where all are later. */
  async seqBefore(epochMs: number): Promise<number> {
    for await (const { seq } of this.held('>', { fromMs: epochMs })) return seq - 1;
    return (await this.position()).lastSeq;
  }

  /** How many messages LIVE holds of each subject among these. */
  async subjects(filter: string): Promise<Map<string, number>> {
    const { state } = await this.#manager.streams.info(LIVE, { subjects_filter: filter });
    return new Map(Object.entries(state.subjects ?? {}));
  }

  /** False only where it is certain: another stream has its name, or none. */
  async #isStill(epoch: string): Promise<boolean> {
    try {
      return (await this.#manager.streams.info(LIVE)).created === epoch;
    } catch (error) {
      return !(error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND);
    }
  }

  /** Ends the iteration when the stream is gone, or another one. */
  #watchEpoch(
    epoch: string,
    messages: { status(): AsyncIterable<{ type: string }>; stop(): void },
    signal: AbortSignal,
  ): () => boolean {
    let changed = false;
    const watch = async (): Promise<void> => {
      for await (const { type } of messages.status()) {
        if (signal.aborted || !STREAM_IS_IN_DOUBT.has(type)) continue;
        await delay(DELETION_MS, undefined, { signal }).catch(() => undefined);
        if (await this.#isStill(epoch)) continue;
        changed = true;
        messages.stop();
      }
    };
    watch().catch(() => {
      messages.stop();
    });
    return () => changed;
  }
}
