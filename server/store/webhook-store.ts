/** Webhooks that administrators registered, and what is still to be delivered to them, kept across restarts. */
import type { Force } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import type { ToldAlert } from './alert-message-store.ts';
import type { Database } from './database.ts';

type Queries = Pick<Database, 'query'>;

export interface Webhook {
  id: number;
  force: Force;
  url: string;
  /** Whether it is told fine cells of what only the cleared may place. */
  cleared: boolean;
  createdAt: string;
  createdBy: string;
}

interface WebhookRow {
  id: number;
  force: Force;
  url: string;
  cleared: boolean;
  created_at: Date;
  created_by: string;
}

const COLUMNS = 'id, force, url, cleared, created_at, created_by';

function webhookOf({ created_at, created_by, ...row }: WebhookRow): Webhook {
  return { ...row, createdAt: formatInstant(created_at.getTime()), createdBy: created_by };
}

export async function insertWebhook(
  database: Queries,
  {
    force,
    url,
    secret,
    cleared,
    by,
  }: Pick<Webhook, 'force' | 'url' | 'cleared'> & { secret: string; by: string },
): Promise<Webhook> {
  const { rows } = await database.query<WebhookRow>(
    `insert into webhooks (force, url, secret, cleared, created_by) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [force, url, secret, cleared, by],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('inserting a webhook returned no row');
  return webhookOf(row);
}

export async function selectWebhooks(database: Queries, forces: readonly Force[]): Promise<Webhook[]> {
  const { rows } = await database.query<WebhookRow>(
    `select ${COLUMNS} from webhooks where force = any($1) order by id`,
    [forces],
  );
  return rows.map(webhookOf);
}

export async function selectWebhookSecret(database: Queries, id: number): Promise<string | undefined> {
  const { rows } = await database.query<{ secret: string }>('select secret from webhooks where id = $1', [
    id,
  ]);
  return rows[0]?.secret;
}

/** What waited for it goes with it. */
export async function deleteWebhook(database: Queries, id: number): Promise<void> {
  await database.query('delete from webhooks where id = $1', [id]);
}

/** A delivery that did not come through, or has not yet. */
export interface Undelivered {
  alert: string;
  revision: number;
  attempts: number;
  reason: string | null;
  at: string;
}

export interface WebhookAccount {
  waiting: number;
  delivered: number;
  dead: number;
  lastDeliveredAt: string | null;
  /** Of those tried in vain and still to be tried, the one that waits longest; `at` is when it is tried next. */
  failing: Undelivered | null;
  /** The latest given up, newest first. */
  givenUp: Undelivered[];
}

const MOST_SHOWN = 20;

/** Of the last 30 days. */
export async function selectWebhookAccount(database: Queries, webhook: number): Promise<WebhookAccount> {
  const { rows: counts } = await database.query<
    Record<'waiting' | 'delivered' | 'dead', number> & { last: Date | null }
  >(
    `select count(*) filter (where delivered_at is null and dead_at is null) as waiting, count(delivered_at) as delivered,
       count(dead_at) as dead, max(delivered_at) as last
     from webhook_deliveries where webhook = $1`,
    [webhook],
  );
  const undelivered = async (which: string): Promise<Undelivered[]> => {
    const { rows } = await database.query<Omit<Undelivered, 'alert' | 'at'> & { alert: number; at: Date }>(
      `select alert, revision, attempts, reason, coalesce(dead_at, next_at) as at from webhook_deliveries
       where webhook = $1 and delivered_at is null and ${which} limit ${MOST_SHOWN}`,
      [webhook],
    );
    return rows.map((row) => ({ ...row, alert: String(row.alert), at: formatInstant(row.at.getTime()) }));
  };
  const { waiting = 0, delivered = 0, dead = 0, last = null } = counts[0] ?? {};
  const [failing = null] = await undelivered('dead_at is null and reason is not null order by id');
  return {
    ...{ waiting, delivered, dead, failing },
    lastDeliveredAt: last === null ? null : formatInstant(last.getTime()),
    givenUp: await undelivered('dead_at is not null order by id desc'),
  };
}

export interface Delivery {
  id: number;
  webhook: Webhook;
  secret: string;
  told: ToldAlert;
  /** This one included. */
  attempts: number;
  /** Since the alert changed. */
  ageMs: number;
}

/**
 * Takes what is due, of each alert and webhook only the earliest, so that none overtakes another. Who takes one and dies
 * loses it after `leaseMs`, and it is delivered anew.
 */
export async function claimDeliveries(
  database: Queries,
  { most, busy, leaseMs }: { most: number; busy: readonly number[]; leaseMs: number },
): Promise<Delivery[]> {
  const { rows } = await database.query<
    WebhookRow & { delivery: number; secret: string; attempts: number; age_ms: number; body: ToldAlert }
  >(
    `with due as (
       select d.id from webhook_deliveries d
       where d.delivered_at is null and d.dead_at is null and d.next_at <= now() and not (d.webhook = any($2))
         and not exists (
           select 1 from webhook_deliveries earlier
           where earlier.webhook = d.webhook and earlier.alert = d.alert and earlier.id < d.id
             and earlier.delivered_at is null and earlier.dead_at is null
         )
       order by d.next_at, d.id limit $1 for update skip locked
     ), claimed as (
       update webhook_deliveries d set attempts = attempts + 1, next_at = now() + $3 * interval '1 millisecond'
       from due where d.id = due.id returning d.id as delivery, d.webhook, d.alert, d.revision, d.attempts,
         extract(epoch from now() - d.created_at)::float8 * 1000 as age_ms
     )
     select c.delivery, c.attempts, c.age_ms, w.secret, m.body, ${COLUMNS.split(', ')
       .map((column) => `w.${column}`)
       .join(', ')}
     from claimed c join webhooks w on w.id = c.webhook
     join alert_messages m on m.alert = c.alert and m.revision = c.revision order by c.delivery`,
    [most, busy, leaseMs],
  );
  return rows.map(({ delivery, secret, attempts, age_ms, body, ...row }) => ({
    ...{ id: delivery, webhook: webhookOf(row), secret, attempts, ageMs: age_ms, told: body },
  }));
}

export type DeliveryEnd =
  { delivered: true } | { reason: string; retryMs: number } | { reason: string; dead: true };

export async function settleDelivery(database: Queries, id: number, end: DeliveryEnd): Promise<void> {
  if ('delivered' in end) {
    await database.query('update webhook_deliveries set delivered_at = now(), reason = null where id = $1', [
      id,
    ]);
  } else if ('dead' in end) {
    await database.query('update webhook_deliveries set dead_at = now(), reason = $2 where id = $1', [
      id,
      end.reason,
    ]);
  } else {
    await database.query(
      `update webhook_deliveries set next_at = now() + $3 * interval '1 millisecond', reason = $2 where id = $1`,
      [id, end.reason, end.retryMs],
    );
  }
}

/** Forgets what ended more than 30 days ago. */
export async function expireDeliveries(database: Queries): Promise<void> {
  await database.query(
    `delete from webhook_deliveries where least(delivered_at, dead_at) < now() - interval '30 days'`,
  );
}
