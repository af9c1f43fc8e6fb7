/** Each change of an alert as it was, so that what was told of it can be read, and referred to, later. */
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertPriority } from '../../shared/alert.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database, Transaction } from './database.ts';

export interface ToldAlert {
  alert: Alert;
  /** Whether its fine cells would tell of what only the cleared may place. */
  sensitive: boolean;
}

/** Keeps it in the change's own transaction, and has every webhook of its force told. */
export async function insertAlertMessage(
  transaction: Transaction,
  { alert, sensitive }: ToldAlert,
): Promise<void> {
  const { id, revision, changedAt, force } = alert;
  await transaction.query(
    'insert into alert_messages (alert, revision, sent, body) values ($1, $2, $3, $4)',
    [...[id, revision, changedAt, JSON.stringify({ alert, sensitive })]],
  );
  await transaction.query(
    'insert into webhook_deliveries (webhook, alert, revision) select id, $2, $3 from webhooks where force = $1',
    [force, id, revision],
  );
}

/** Of a force's alerts raised since then, the priority that each was given: escalating one makes it high, whatever it was. */
export async function selectPrioritiesGiven(
  database: Pick<Database, 'query'>,
  force: Force,
  sinceMs: number,
): Promise<AlertPriority[]> {
  const { rows } = await database.query<{ given: AlertPriority }>(
    `select coalesce(
       (select m.body -> 'alert' ->> 'priority' from alert_messages m
        where m.alert = a.id and m.body -> 'alert' ->> 'escalatedAt' is null order by m.revision desc limit 1),
       a.body -> 'alert' ->> 'priority') as given
     from alerts a where a.force = $1 and a.raised_at >= $2`,
    [force, new Date(sinceMs)],
  );
  return rows.map(({ given }) => given);
}

/** The alert as it was at that revision. */
export async function selectAlertAt(
  database: Pick<Database, 'query'>,
  id: string,
  revision: number,
): Promise<ToldAlert | undefined> {
  const { rows } = await database.query<{ body: ToldAlert }>(
    'select body from alert_messages where alert = $1 and revision = $2',
    [id, revision],
  );
  return rows[0]?.body;
}

/** What was told of it before that revision, oldest first: the first, and so many of the latest. */
export async function selectEarlierMessages(
  database: Pick<Database, 'query'>,
  id: string,
  { revision, latest }: { revision: number; latest: number },
): Promise<{ revision: number; sent: string }[]> {
  const { rows } = await database.query<{ revision: number; sent: Date }>(
    `(select revision, sent from alert_messages where alert = $1 and revision < $2 order by revision limit 1)
     union
     (select revision, sent from alert_messages where alert = $1 and revision < $2 order by revision desc limit $3)
     order by revision`,
    [id, revision, latest],
  );
  return rows.map(({ revision: earlier, sent }) => ({
    revision: earlier,
    sent: formatInstant(sent.getTime()),
  }));
}
