/** Taskings of hotspots to units, with every step that was taken with them. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { isOpenTasking, type Delivered, type Tasking } from '../../shared/tasking.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database, Transaction } from './database.ts';
import { insertOutbox } from './outbox-store.ts';

/** A tasking as it is kept: what was delivered is kept once it has ended. */
export interface KeptTasking extends Omit<Tasking, 'coarse' | 'delivered'> {
  ended: Delivered | null;
}

export interface TaskingStepTaken {
  version: number;
  at: string;
  by: string;
  role: string;
  step: { act: string; [detail: string]: unknown };
}

interface Row {
  id: number;
  body: KeptTasking;
}

function keptTasking({ id, body }: Row): KeptTasking {
  return { ...body, id: String(id) };
}

/** `undefined` where the cell has an open tasking already. */
export async function insertTasking(
  transaction: Transaction,
  tasking: Omit<KeptTasking, 'id'>,
  step: TaskingStepTaken,
): Promise<KeptTasking | undefined> {
  const { rows } = await transaction.query<Row>(
    `insert into taskings (force, cell, open, created_at, changed_at, body)
     values ($1, ('x' || lpad($2, 16, '0'))::bit(64)::bigint, true, $3, $3, $4)
     on conflict (force, cell) where open do nothing returning id, body`,
    [tasking.force, tasking.cell, tasking.taskedAt, JSON.stringify(tasking)],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const kept = keptTasking(row);
  await insertStep(transaction, kept.id, step);
  await announce(transaction, kept);
  return kept;
}

export async function updateTasking(
  transaction: Transaction,
  tasking: KeptTasking,
  step: TaskingStepTaken,
): Promise<void> {
  await transaction.query('update taskings set open = $2, changed_at = $3, body = $4 where id = $1', [
    ...[tasking.id, isOpenTasking(tasking), tasking.changedAt, JSON.stringify(tasking)],
  ]);
  await insertStep(transaction, tasking.id, step);
  await announce(transaction, tasking);
}

/** Held until the transaction ends: whoever else wants to change it waits. */
export async function lockTasking(transaction: Transaction, id: string): Promise<KeptTasking | undefined> {
  return one(transaction, id, 'for update');
}

export async function selectTasking(
  database: Pick<Database, 'query'>,
  id: string,
): Promise<KeptTasking | undefined> {
  return one(database, id, '');
}

async function one(
  database: Pick<Database, 'query'>,
  id: string,
  lock: '' | 'for update',
): Promise<KeptTasking | undefined> {
  // What no database could have as an id is not there.
  if (!/^[0-9]{1,18}$/.test(id)) return undefined;
  const { rows } = await database.query<Row>(`select id, body from taskings where id = $1 ${lock}`, [id]);
  return rows[0] && keptTasking(rows[0]);
}

export async function selectOpenTaskingAt(
  database: Pick<Database, 'query'>,
  force: Force,
  cell: Cell,
): Promise<KeptTasking | undefined> {
  const { rows } = await database.query<Row>(
    `select id, body from taskings where open and force = $1 and cell = ('x' || lpad($2, 16, '0'))::bit(64)::bigint`,
    [force, cell],
  );
  return rows[0] && keptTasking(rows[0]);
}

/** Open ones, and those that ended since then, newest first. */
export async function selectTaskings(
  database: Pick<Database, 'query'>,
  { forces, endedSinceMs }: { forces: readonly Force[]; endedSinceMs: number },
): Promise<KeptTasking[]> {
  const { rows } = await database.query<Row>(
    `select id, body from taskings where force = any($1) and (open or changed_at >= $2)
     order by open desc, id desc limit 500`,
    [forces, new Date(endedSinceMs)],
  );
  return rows.map(keptTasking);
}

/** In the order in which they were taken. */
export async function selectTaskingSteps(
  database: Pick<Database, 'query'>,
  id: string,
): Promise<TaskingStepTaken[]> {
  const { rows } = await database.query<{
    version: number;
    at: Date;
    by_name: string;
    by_role: string;
    step: TaskingStepTaken['step'];
  }>('select version, at, by_name, by_role, step from tasking_steps where tasking = $1 order by version', [
    id,
  ]);
  return rows.map(({ version, at, by_name, by_role, step }) => ({
    ...{ version, at: formatInstant(at.getTime()), by: by_name, role: by_role, step },
  }));
}

async function announce(transaction: Transaction, tasking: KeptTasking): Promise<void> {
  const { changedAt: at, force } = tasking;
  await insertOutbox(transaction, [{ type: 'tasking.changed', at, force, tasking }]);
}

async function insertStep(transaction: Transaction, id: string, taken: TaskingStepTaken): Promise<void> {
  const { version, at, by, role, step } = taken;
  await transaction.query(
    'insert into tasking_steps (tasking, version, at, by_name, by_role, step) values ($1, $2, $3, $4, $5, $6)',
    [id, version, at, by, role, JSON.stringify(step)],
  );
}
