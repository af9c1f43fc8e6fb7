/** Alerts and their steps; each change writes what is announced of it in its own transaction. */
import type { AlertChanged } from '../../shared/announcement.ts';
import type { Alert } from '../../shared/alert-state.ts';
import { isOpen } from '../../shared/alert-state.ts';
import type { TakenStep } from '../../shared/alert-step.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import { insertAlertMessage } from './alert-message-store.ts';
import type { Database, Transaction } from './database.ts';
import { insertOutbox } from './outbox-store.ts';

/** An alert with what only the server needs of it. */
export interface KeptAlert {
  alert: Alert;
  /** Of one place and finding there is one open alert. */
  place: string;
  /** Whether its fine cells would tell of what only the cleared may place. */
  sensitive: boolean;
  /** When people were first told, epoch milliseconds; null while it is held back. */
  calledAtMs: number | null;
  /** When the server passes it on unless somebody takes it, epoch milliseconds; null: never. */
  escalateAtMs: number | null;
}

interface AlertRow {
  id: number;
  place: string;
  escalate_at: Date | null;
  called_at: Date | null;
  body: { alert: Alert; sensitive: boolean };
}

function keptAlert({ id, place, escalate_at, called_at, body }: AlertRow): KeptAlert {
  return {
    alert: { ...body.alert, id: String(id) },
    place,
    sensitive: body.sensitive,
    escalateAtMs: escalate_at?.getTime() ?? null,
    calledAtMs: called_at?.getTime() ?? null,
  };
}

const COLUMNS = 'id, place, escalate_at, called_at, body';

/** Any integer may be asked for; what no database could have as an id is not there. */
function idOf(id: string): string | undefined {
  return /^[0-9]{1,18}$/.test(id) ? id : undefined;
}

/** Raises it: an `id` and its announcement are made here. `undefined` where such an alert has been raised meanwhile. */
export async function insertAlert(
  transaction: Transaction,
  kept: KeptAlert,
  step: TakenStep,
): Promise<KeptAlert | undefined> {
  const { alert, place } = kept;
  const { rows } = await transaction.query<AlertRow>(
    `insert into alerts (force, place, open, raised_at, changed_at, escalate_at, called_at, parent, body)
     values ($1, $2, true, $3, $3, $4, $5, $6, $7) on conflict (place) where open do nothing returning ${COLUMNS}`,
    [
      ...[alert.force, place, alert.raisedAt, dateOf(kept.escalateAtMs), dateOf(kept.calledAtMs)],
      ...[alert.parent, bodyOf(kept)],
    ],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const raised = keptAlert(row);
  await insertStep(transaction, raised.alert.id, step);
  await announce(transaction, raised);
  return raised;
}

/** Writes an alert's new state, and the step that led there; without one it was the finding that changed. */
export async function updateAlert(
  transaction: Transaction,
  kept: KeptAlert,
  step?: TakenStep,
): Promise<void> {
  const { alert } = kept;
  const { shelvedUntil } = alert;
  await transaction.query(
    `update alerts set open = $2, changed_at = $3, escalate_at = $4, unshelve_at = $5, called_at = $6, body = $7
     where id = $1`,
    [
      ...[alert.id, isOpen(alert), alert.changedAt, dateOf(kept.escalateAtMs), shelvedUntil],
      ...[dateOf(kept.calledAtMs), bodyOf(kept)],
    ],
  );
  if (step !== undefined) await insertStep(transaction, alert.id, step);
  await announce(transaction, kept);
}

/** The alert, held until the transaction ends: whoever else wants to change it waits. */
export async function lockAlert(transaction: Transaction, id: string): Promise<KeptAlert | undefined> {
  if (idOf(id) === undefined) return undefined;
  const { rows } = await transaction.query<AlertRow>(
    `select ${COLUMNS} from alerts where id = $1 for update`,
    [id],
  );
  return rows[0] && keptAlert(rows[0]);
}

/** The open alert of this place, held likewise. */
export async function lockOpenAlertAt(
  transaction: Transaction,
  place: string,
): Promise<KeptAlert | undefined> {
  const { rows } = await transaction.query<AlertRow>(
    `select ${COLUMNS} from alerts where place = $1 and open for update`,
    [place],
  );
  return rows[0] && keptAlert(rows[0]);
}

/** Those that are handled with it, held likewise. */
export async function lockOpenChildren(transaction: Transaction, parent: string): Promise<KeptAlert[]> {
  const { rows } = await transaction.query<AlertRow>(
    `select ${COLUMNS} from alerts where open and parent = $1 order by id for update`,
    [parent],
  );
  return rows.map(keptAlert);
}

/** Open alerts, of one force or all, oldest first. */
export async function selectOpenAlerts(
  database: Pick<Database, 'query'>,
  force?: Force,
): Promise<KeptAlert[]> {
  const { rows } = await database.query<AlertRow>(
    `select ${COLUMNS} from alerts where open and ($1::text is null or force = $1) order by id`,
    [force ?? null],
  );
  return rows.map(keptAlert);
}

/** Alerts raised in the span, open or not, newest first. */
export async function selectAlertsRaised(
  database: Pick<Database, 'query'>,
  { forces, fromMs, toMs, limit }: { forces: readonly Force[]; fromMs: number; toMs: number; limit: number },
): Promise<KeptAlert[]> {
  const { rows } = await database.query<AlertRow>(
    `select ${COLUMNS} from alerts where force = any($1) and raised_at >= $2 and raised_at < $3
     order by raised_at desc, id desc limit $4`,
    [forces, new Date(fromMs), new Date(toMs), limit],
  );
  return rows.map(keptAlert);
}

/** Forces that have an open alert, or had one raised since then. */
export async function selectForcesCalled(
  database: Pick<Database, 'query'>,
  sinceMs: number,
): Promise<Force[]> {
  const { rows } = await database.query<{ force: Force }>(
    'select distinct force from alerts where open or raised_at > $1 order by force',
    [new Date(sinceMs)],
  );
  return rows.map(({ force }) => force);
}

/** How many of a force's alerts were raised since then, and of how many people were told; those handled with another left out. */
export async function countAlertsSince(
  database: Pick<Database, 'query'>,
  force: Force,
  sinceMs: number,
): Promise<{ raised: number; called: number }> {
  const { rows } = await database.query<{ raised: number; called: number }>(
    `select count(*) filter (where raised_at > $2) as raised, count(*) filter (where called_at > $2) as called
     from alerts where force = $1 and parent is null and (raised_at > $2 or called_at > $2)`,
    [force, new Date(sinceMs)],
  );
  return rows[0] ?? { raised: 0, called: 0 };
}

export async function selectAlert(
  database: Pick<Database, 'query'>,
  id: string,
): Promise<KeptAlert | undefined> {
  if (idOf(id) === undefined) return undefined;
  const { rows } = await database.query<AlertRow>(`select ${COLUMNS} from alerts where id = $1`, [id]);
  return rows[0] && keptAlert(rows[0]);
}

/** In the order in which they were taken. */
export async function selectSteps(database: Pick<Database, 'query'>, id: string): Promise<TakenStep[]> {
  const { rows } = await database.query<{
    version: number;
    at: Date;
    by_name: string;
    by_role: string;
    step: TakenStep['step'];
  }>('select version, at, by_name, by_role, step from alert_steps where alert = $1 order by version', [id]);
  return rows.map(({ version, at, by_name, by_role, step }) => ({
    ...{ version, at: formatInstant(at.getTime()), by: by_name, role: by_role, step },
  }));
}

/** Ids of open alerts at which the server must act by now. */
export async function selectDueAlerts(database: Pick<Database, 'query'>, nowMs: number): Promise<string[]> {
  const { rows } = await database.query<{ id: number }>(
    `select id from alerts where open and least(escalate_at, unshelve_at) <= $1 order by id limit 200`,
    [new Date(nowMs)],
  );
  return rows.map(({ id }) => String(id));
}

/** Somebody who handles alerts has a desk open. */
export async function notePresence(
  database: Pick<Database, 'query'>,
  people: readonly { name: string; forces: readonly Force[] }[],
): Promise<void> {
  for (const { name, forces } of people) {
    await database.query(
      `insert into desk_presence (name, forces, seen_at) values ($1, $2, now())
       on conflict (name) do update set forces = excluded.forces, seen_at = excluded.seen_at`,
      [name, forces],
    );
  }
}

/** How many people who handle this force's alerts have a desk open; people's time is that of the day, also under a feed's clock. */
export async function countPresent(database: Pick<Database, 'query'>, force: Force): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*) from desk_presence
     where seen_at > now() - interval '2 minutes' and (forces = '{}' or $1 = any(forces))`,
    [force],
  );
  return rows[0]?.count ?? 0;
}

async function insertStep(transaction: Transaction, id: string, taken: TakenStep): Promise<void> {
  const { version, at, by, role, step } = taken;
  await transaction.query(
    'insert into alert_steps (alert, version, at, by_name, by_role, step) values ($1, $2, $3, $4, $5, $6)',
    [id, version, at, by, role, JSON.stringify(step)],
  );
}

async function announce(transaction: Transaction, { alert, sensitive }: KeptAlert): Promise<void> {
  await insertAlertMessage(transaction, { alert, sensitive });
  const changed: AlertChanged = {
    type: 'alert.changed',
    at: alert.changedAt,
    force: alert.force,
    alert,
    sensitive,
  };
  await insertOutbox(transaction, [changed]);
}

function bodyOf({ alert, sensitive }: KeptAlert): string {
  return JSON.stringify({ alert, sensitive });
}

function dateOf(epochMs: number | null): Date | null {
  return epochMs === null ? null : new Date(epochMs);
}
