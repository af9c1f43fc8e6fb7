/** Publishes incidents to JetStream, many in flight, and waits instead of losing where the stream is full or away. */
import { jetstream, JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import {
  ClosedConnectionError,
  DrainingConnectionError,
  PermissionViolationError,
  type NatsConnection,
} from '@nats-io/transport-node';
import { retrying } from '../retry.ts';
import { incidentSubject, type FeedName } from './subjects.ts';

const LONGEST_WAIT_MS = 2_000;
const MESSAGE_TOO_LARGE = 10_054;

export class PublishError extends Error {
  override readonly name = 'PublishError';
}

export interface PublisherOptions {
  connection: NatsConnection;
  signal: AbortSignal;
  /**
   * Begins the id of every message, by which JetStream knows a repeated attempt: no two publishers may share it.
   * Incidents that are equal still arrive as often as they are published.
   */
  run: string;
  /** How many may be unacknowledged at once. */
  window?: number;
  /** Told what the server says where attempts fail: once, until another reason comes or one succeeds. */
  onWaiting?: (reason: string) => void;
}

export class IncidentPublisher {
  readonly #jetstream: JetStreamClient;
  readonly #options: PublisherOptions;
  readonly #window: number;
  #inFlight = 0;
  #changed = Promise.withResolvers<undefined>();
  #failure: Error | undefined;
  #toldReason: string | undefined;
  #offered = 0;
  #acknowledged = 0;

  constructor(options: PublisherOptions) {
    this.#jetstream = jetstream(options.connection);
    this.#options = options;
    this.#window = options.window ?? 1_000;
  }

  /** How many JetStream has acknowledged. */
  get published(): number {
    return this.#acknowledged;
  }

  /** Whether no more should be published before `room()`. */
  get isFull(): boolean {
    return this.#inFlight >= this.#window;
  }

  /**
   * Sends at once, so that the client writes many messages together where many are sent in a row. Throws
   * `PublishError` where an earlier one can never be published, or the signal's reason once aborted.
   */
  publish(feed: FeedName, payload: Uint8Array): void {
    this.publishTo(incidentSubject(feed.agency, feed.feed), payload);
  }

  /** The same for whatever else a stream takes. */
  publishTo(subject: string, payload: Uint8Array): void {
    this.#throwFailure();
    this.#inFlight++;
    void this.#send(subject, payload, ++this.#offered);
  }

  /** Resolves once half the window is free; rejects as `publish` throws. */
  async room(): Promise<void> {
    await this.#until(this.#window / 2);
    this.#throwFailure();
  }

  /** Resolves once all that was published is acknowledged; rejects as `publish` throws. */
  async drained(): Promise<void> {
    await this.#until(0);
    this.#throwFailure();
  }

  async #until(inFlight: number): Promise<void> {
    while (this.#inFlight > inFlight) await this.#changed.promise;
  }

  /** Never rejects: what goes wrong is kept for whoever publishes or waits next. */
  async #send(subject: string, payload: Uint8Array, number: number): Promise<void> {
    const msgID = `${this.#options.run}.${number}`;
    const { signal, onWaiting } = this.#options;
    try {
      await retrying(() => this.#jetstream.publish(subject, payload, { msgID }), {
        signal,
        longestWaitMs: LONGEST_WAIT_MS,
        onFailure: (cause) => {
          if (isPermanent(cause)) throw new PublishError(`can't publish to ${subject}`, { cause });
          const reason = cause instanceof Error ? cause.message : String(cause);
          if (reason !== this.#toldReason) onWaiting?.(reason);
          this.#toldReason = reason;
        },
      });
      this.#acknowledged++;
      this.#toldReason = undefined;
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new PublishError(String(error));
    }
    this.#inFlight--;
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve(undefined);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

function isPermanent(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === MESSAGE_TOO_LARGE;
  return [ClosedConnectionError, DrainingConnectionError, PermissionViolationError].some(
    (kind) => error instanceof kind || (error instanceof Error && error.cause instanceof kind),
  );
}
