/** Tells a feed's owner what was refused and why, on `rejected.v1.<agency>.<feed>`. */
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { formatInstant } from '../../shared/time.ts';
import { rejectedSubject } from '../feeds/subjects.ts';
import type { RejectedMessage } from '../store/rejection-store.ts';

/** As for LIVE: what was under way when NATS went down is never answered. */
const ANSWER_MS = 3_000;

export class RejectedStream {
  readonly #client: JetStreamClient;

  constructor(connection: NatsConnection) {
    this.#client = jetstream(connection);
  }

  /** A redelivered message is told again under the same identity, which JetStream drops. */
  async publish(rejected: readonly RejectedMessage[]): Promise<void> {
    await Promise.all(
      rejected.map(({ agency, feed, reason, path, fields, sha256, receivedAtMs, streamAtMs, streamSeq }) =>
        this.#client.publish(
          rejectedSubject(agency, feed),
          JSON.stringify({ reason, path, fields, sha256, receivedAt: formatInstant(receivedAtMs) }),
          { msgID: `rejected:${streamAtMs}:${streamSeq}`, timeout: ANSWER_MS },
        ),
      ),
    );
  }
}
