/** Partners' actions, with every step that was taken with them. */
import type { Force } from '../../shared/force.ts';
import type { PartnerAction } from '../../shared/partner-action.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database, Transaction } from './database.ts';
import { insertOutbox } from './outbox-store.ts';

/** An action as it is kept. */
export type KeptAction = Omit<PartnerAction, 'coarse' | 'place' | 'overdue'>;

export interface ActionStepTaken {
  version: number;
  at: string;
  by: string;
  role: string;
  step: { act: string; [detail: string]: unknown };
}

interface Row {
  id: number;
  body: KeptAction;
}

function keptAction({ id, body }: Row): KeptAction {
  return { ...body, id: String(id) };
}

export async function insertAction(
  transaction: Transaction,
  action: Omit<KeptAction, 'id'>,
  step: ActionStepTaken,
): Promise<KeptAction> {
  const { rows } = await transaction.query<Row>(
    'insert into partner_actions (force, organisation, given_at, body) values ($1, $2, $3, $4) returning id, body',
    [action.force, action.owner.organisation, action.givenAt, JSON.stringify(action)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an insert returned no row');
  const kept = keptAction(row);
  await insertStep(transaction, kept.id, step);
  await announce(transaction, kept);
  return kept;
}

export async function updateAction(
  transaction: Transaction,
  action: KeptAction,
  step: ActionStepTaken,
): Promise<void> {
  await transaction.query('update partner_actions set body = $2 where id = $1', [
    ...[action.id, JSON.stringify(action)],
  ]);
  await insertStep(transaction, action.id, step);
  await announce(transaction, action);
}

/** `hold`: until the transaction ends; whoever else wants to change it waits. */
export async function selectAction(
  database: Pick<Database, 'query'>,
  id: string,
  { hold = false } = {},
): Promise<KeptAction | undefined> {
  // What no database could have as an id is not there.
  if (!/^[0-9]{1,18}$/.test(id)) return undefined;
  const { rows } = await database.query<Row>(
    `select id, body from partner_actions where id = $1 ${hold ? 'for update' : ''}`,
    [id],
  );
  return rows[0] && keptAction(rows[0]);
}

/** Newest first; of one organisation, or of all where none is named. */
export async function selectActions(
  database: Pick<Database, 'query'>,
  { forces, organisation, limit }: { forces: readonly Force[]; organisation?: string; limit: number },
): Promise<KeptAction[]> {
  const { rows } = await database.query<Row>(
    `select id, body from partner_actions
     where force = any($1) and ($2::text is null or organisation = $2) order by given_at desc, id desc limit $3`,
    [forces, organisation ?? null, limit],
  );
  return rows.map(keptAction);
}

/** In the order in which they were taken. */
export async function selectActionSteps(
  database: Pick<Database, 'query'>,
  id: string,
): Promise<ActionStepTaken[]> {
  const { rows } = await database.query<{
    version: number;
    at: Date;
    by_name: string;
    by_role: string;
    step: ActionStepTaken['step'];
  }>(
    'select version, at, by_name, by_role, step from partner_action_steps where action = $1 order by version',
    [id],
  );
  return rows.map(({ version, at, by_name, by_role, step }) => ({
    ...{ version, at: formatInstant(at.getTime()), by: by_name, role: by_role, step },
  }));
}

async function announce(transaction: Transaction, action: KeptAction): Promise<void> {
  const { changedAt: at, force } = action;
  await insertOutbox(transaction, [{ type: 'action.changed', at, force, action }]);
}

async function insertStep(transaction: Transaction, id: string, taken: ActionStepTaken): Promise<void> {
  const { version, at, by, role, step } = taken;
  await transaction.query(
    `insert into partner_action_steps (action, version, at, by_name, by_role, step)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, version, at, by, role, JSON.stringify(step)],
  );
}
