/** Up to when everything that was received is stored: a count over the past is whole only up to there. */
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { parseInstant } from '../../shared/time.ts';
import type { Clock } from '../clock.ts';
import { parseJsonOrUndefined } from '../parse-json.ts';
import type { Database } from '../store/database.ts';
import { newestReceivedMs } from '../store/feed-store.ts';
import { ensureStreams, INCIDENTS } from './streams.ts';

/** The clocks of nats-server, which stamps what is received, and of this machine may differ by so much. */
const CLOCK_SKEW_MS = 2_000;

export class IngestWatermark {
  readonly #manager: JetStreamManager;
  readonly #database: Database;
  readonly #clock: Clock;

  private constructor(manager: JetStreamManager, database: Database, clock: Clock) {
    this.#manager = manager;
    this.#database = database;
    this.#clock = clock;
  }

  static async open(connection: NatsConnection, database: Database, clock: Clock): Promise<IngestWatermark> {
    const manager = await jetstreamManager(connection);
    await ensureStreams(manager);
    return new IngestWatermark(manager, database, clock);
  }

  /**
   * Epoch milliseconds: what was received (`received_at`) before it is stored or refused. -Infinity while nothing is
   * known. INCIDENTS is a work queue, so what it still holds is what is not stored yet, oldest first.
   */
  async read(): Promise<number> {
    // In this order: what is taken from the queue in between is stored by then.
    const reached = await this.#reachedMs();
    const { state } = await this.#manager.streams.info(INCIDENTS);
    if (state.messages === 0) return reached;
    const waiting =
      this.#clock.kind === 'feed'
        ? await this.#knownAtMs(state.first_seq)
        : (parseInstant(state.first_ts) ?? -Infinity);
    return Math.min(reached, waiting);
  }

  /**
   * Under the feed clock as far as incidents have come, which a player publishes in the order in which they became
   * known: its clock goes before them.
   */
  async #reachedMs(): Promise<number> {
    if (this.#clock.kind === 'system') return this.#clock.now() - CLOCK_SKEW_MS;
    return (await newestReceivedMs(this.#database)) ?? -Infinity;
  }

  async #knownAtMs(seq: number): Promise<number> {
    // Taken in the meantime, or no incident at all: the next reading will tell.
    const message = await this.#manager.streams.getMessage(INCIDENTS, { seq });
    const incident = message === null ? undefined : parseJsonOrUndefined(message.string());
    if (typeof incident !== 'object' || incident === null) return -Infinity;
    const { reportedAt, occurredAt } = incident as { reportedAt?: unknown; occurredAt?: unknown };
    const knownAt = reportedAt ?? occurredAt;
    return (typeof knownAt === 'string' ? parseInstant(knownAt) : undefined) ?? -Infinity;
  }
}
