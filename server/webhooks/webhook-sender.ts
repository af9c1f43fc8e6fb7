/** Delivers each change of an alert to the webhooks of its force: in order, again where it fails, until it is given up. */
import { HOUR_MS } from '../../shared/time.ts';
import type { Principal } from '../access/policy.ts';
import { toldAlert } from '../cap/told-alert.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import {
  claimDeliveries,
  expireDeliveries,
  settleDelivery,
  type Delivery,
  type DeliveryEnd,
  type Webhook,
} from '../store/webhook-store.ts';
import { AllowedHosts } from './allowed-hosts.ts';
import { postSigned, TIMEOUT_MS } from './post-signed.ts';

/** Attempts after which a delivery is given up: with these waits nearly an hour. */
export const MOST_ATTEMPTS = 15;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;
/** At a time in all; and from so many on for one webhook no more are begun: one that answers slowly holds up no other. */
const MOST_UNDER_WAY = 32;
const MOST_EACH = 4;
const LONGEST_MS = HOUR_MS;
const EXPIRE_EVERY_MS = HOUR_MS;

export function waitMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}

/** What waited behind one that was given up is old by then: it is tried once, and not for an hour of its own. */
export function endOf(
  { attempts, ageMs }: Pick<Delivery, 'attempts' | 'ageMs'>,
  fault: string | undefined,
): DeliveryEnd {
  if (fault === undefined) return { delivered: true };
  return attempts >= MOST_ATTEMPTS || ageMs >= LONGEST_MS
    ? { reason: fault, dead: true }
    : { reason: fault, retryMs: waitMs(attempts) };
}

export class WebhookSender {
  readonly #services: { database: Database; config: Config; log: Log };
  readonly #allowed: AllowedHosts;
  readonly #underWay = new Map<number, { webhook: number; done: Promise<void> }>();
  #failure: unknown;
  #expiredAtMs = -Infinity;

  constructor(services: { database: Database; config: Config; log: Log }) {
    this.#services = services;
    this.#allowed = new AllowedHosts(services.config.webhookAllow);
  }

  /** Begins what is due, and waits for none of it. Throws where an earlier one could not be written down. */
  async begin(): Promise<void> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure as Error;
    const { database } = this.#services;
    let claimed = MOST_EACH;
    while (claimed === MOST_EACH && this.#underWay.size + MOST_EACH <= MOST_UNDER_WAY)
      claimed = await this.#claim();
    if (performance.now() - this.#expiredAtMs > EXPIRE_EVERY_MS) {
      this.#expiredAtMs = performance.now();
      await expireDeliveries(database);
    }
  }

  async #claim(): Promise<number> {
    const { database } = this.#services;
    const leased = { most: MOST_EACH, busy: this.#busy(), leaseMs: 2 * TIMEOUT_MS };
    const deliveries = await claimDeliveries(database, leased);
    for (const delivery of deliveries) {
      const done = this.#deliver(delivery)
        .catch((error: unknown) => {
          this.#failure ??= error;
        })
        .finally(() => this.#underWay.delete(delivery.id));
      this.#underWay.set(delivery.id, { webhook: delivery.webhook.id, done });
    }
    return deliveries.length;
  }

  /** Resolves when what is under way has ended. */
  async drain(): Promise<void> {
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  #busy(): number[] {
    const each = new Map<number, number>();
    for (const { webhook } of this.#underWay.values()) each.set(webhook, (each.get(webhook) ?? 0) + 1);
    return [...each].filter(([, count]) => count >= MOST_EACH).map(([webhook]) => webhook);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { id, webhook, secret, told } = delivery;
    const { database, config, log } = this.#services;
    const body = await toldAlert(database, config, {
      ...{ told, reader: readerOf(webhook), addressee: new URL(webhook.url).host },
    });
    const post = { url: webhook.url, secret, body, delivery: String(id), nowMs: systemClock().now() };
    const end = endOf(delivery, await postSigned(post, this.#allowed));
    if ('dead' in end)
      log.warn({ webhook: webhook.id, delivery: id, reason: end.reason }, 'a delivery was given up');
    await settleDelivery(database, id, end);
  }
}

/** Whom a webhook stands for. */
function readerOf({ id, force, cleared }: Webhook): Principal {
  return { name: `webhook ${id}`, role: 'wall', forces: [force], cleared };
}
