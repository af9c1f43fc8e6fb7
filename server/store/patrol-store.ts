/** Patrols' pings for a day, and for longer the minutes that they came to in each cell and hour. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';
import { dwellChange, LONGEST_GAP_MS, type Dose, type Ping } from '../../models/patrols/dwell.ts';
import type { UnitPing } from '../patrols/read-ping.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';

/** One message of the stream, as it was read. */
export type PatrolMessage = { force: Force; streamAtMs: number; streamSeq: number } & (
  { ping: UnitPing } | { reason: string }
);

type PingMessage = Extract<PatrolMessage, { ping: UnitPing }>;

/** Any number that nothing else locks: the neighbours of a ping must not change while its minutes are told. */
const PATROL_LOCK = 7_031_847;
const CONFLICT = 'conflict: same unit and time, another place';

/** In one transaction; giving a message again changes nothing. */
export function storePatrols(database: Database, messages: readonly PatrolMessage[]): Promise<void> {
  return inTransaction(database, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [PATROL_LOCK]);
    const units = new Map<string, PingMessage[]>();
    for (const message of await withoutSeen(transaction, messages)) {
      if ('reason' in message) await passOver(transaction, message, message.reason);
      else {
        const unit = `${message.force}|${message.ping.unit}`;
        units.set(unit, [...(units.get(unit) ?? []), message]);
      }
    }
    for (const own of units.values()) await storeUnit(transaction, own);
  });
}

/** Forgets where units were more than a day before `nowMs`; what they came to stays. */
export async function expirePings(database: Database, nowMs: number): Promise<void> {
  await database.query('delete from patrol_pings where at < $1', [new Date(nowMs - DAY_MS)]);
  // JetStream keeps a message for a day, too: later none is delivered again.
  await database.query(`delete from patrol_messages_passed_over where stream_at < now() - interval '2 days'`);
}

async function withoutSeen(
  transaction: Transaction,
  messages: readonly PatrolMessage[],
): Promise<PatrolMessage[]> {
  const { rows } = await transaction.query<{ stream_seq: number }>(
    `select stream_seq from unnest($1::timestamptz[], $2::bigint[]) as given (stream_at, stream_seq)
     where exists (select from patrol_messages_passed_over p
         where p.stream_at = given.stream_at and p.stream_seq = given.stream_seq)`,
    [messages.map(({ streamAtMs }) => new Date(streamAtMs)), messages.map(({ streamSeq }) => streamSeq)],
  );
  const seen = new Set(rows.map(({ stream_seq }) => stream_seq));
  return messages.filter(({ streamSeq }) => !seen.has(streamSeq));
}

/** A message that becomes no ping: a duplicate where there is no reason. */
async function passOver(
  transaction: Transaction,
  { force, streamAtMs, streamSeq }: PatrolMessage,
  reason: string | null,
): Promise<void> {
  const at = new Date(streamAtMs);
  await transaction.query('insert into patrol_messages_passed_over values ($1, $2)', [at, streamSeq]);
  await transaction.query(
    `insert into patrol_accounts as own (force, duplicates, rejected, last_rejection_reason, last_rejection_at)
     values ($1, $2, $3, $4, $5)
     on conflict (force) do update set
       duplicates = own.duplicates + excluded.duplicates, rejected = own.rejected + excluded.rejected,
       last_rejection_reason = case when excluded.last_rejection_at < own.last_rejection_at
         then own.last_rejection_reason else coalesce(excluded.last_rejection_reason, own.last_rejection_reason) end,
       last_rejection_at = greatest(excluded.last_rejection_at, own.last_rejection_at)`,
    [force, reason === null ? 1 : 0, reason === null ? 0 : 1, reason, reason === null ? null : at],
  );
}

/** Pings of one unit. */
async function storeUnit(transaction: Transaction, messages: readonly PingMessage[]): Promise<void> {
  const [first] = messages;
  if (first === undefined) return;
  const { force, ping } = first;
  const known = await selectAround(transaction, force, ping.unit, messages);
  const byTime = new Map(known.map((own) => [own.atMs, own]));
  const added: PingMessage[] = [];
  for (const message of messages) {
    const { atMs, cell } = message.ping;
    const before = byTime.get(atMs);
    if (before === undefined) {
      byTime.set(atMs, { atMs, cell, streamSeq: message.streamSeq });
      added.push(message);
    } else if (before.streamSeq !== message.streamSeq) {
      await passOver(transaction, message, before.cell === cell ? null : CONFLICT);
    }
  }
  if (added.length === 0) return;
  await insertPings(transaction, added);
  await addDoses(
    transaction,
    force,
    dwellChange(
      known,
      added.map((message) => message.ping),
    ),
  );
}

async function selectAround(
  transaction: Transaction,
  force: Force,
  unit: string,
  messages: readonly PingMessage[],
): Promise<(Ping & { streamSeq: number })[]> {
  const times = messages.map((message) => message.ping.atMs);
  const { rows } = await transaction.query<{ at: Date; cell: string; stream_seq: number }>(
    `select at, to_hex(cell) as cell, stream_seq from patrol_pings
     where force = $1 and unit = $2 and at between $3 and $4`,
    [
      ...[force, unit],
      ...[new Date(Math.min(...times) - LONGEST_GAP_MS), new Date(Math.max(...times) + LONGEST_GAP_MS)],
    ],
  );
  return rows.map(({ at, cell, stream_seq }) => ({ atMs: at.getTime(), cell, streamSeq: stream_seq }));
}

async function insertPings(transaction: Transaction, messages: readonly PingMessage[]): Promise<void> {
  await transaction.query(
    `with told as (
       insert into patrol_pings (force, unit, at, cell, stream_at, stream_seq)
       select force, unit, at, ('x' || lpad(cell, 16, '0'))::bit(64)::bigint, stream_at, stream_seq
       from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::bigint[])
         as given (force, unit, at, cell, stream_at, stream_seq)
       returning force
     )
     insert into patrol_accounts as own (force, stored) select force, count(*) from told group by force
     on conflict (force) do update set stored = own.stored + excluded.stored`,
    [
      messages.map(({ force }) => force),
      messages.map(({ ping }) => ping.unit),
      messages.map(({ ping }) => new Date(ping.atMs)),
      messages.map(({ ping }) => ping.cell),
      messages.map(({ streamAtMs }) => new Date(streamAtMs)),
      messages.map(({ streamSeq }) => streamSeq),
    ],
  );
}

async function addDoses(transaction: Transaction, force: Force, doses: readonly Dose[]): Promise<void> {
  await transaction.query(
    `insert into patrol_doses as own (force, cell, hour, milliseconds)
     select $1, ('x' || lpad(cell, 16, '0'))::bit(64)::bigint, hour, milliseconds
     from unnest($2::text[], $3::timestamptz[], $4::bigint[]) as given (cell, hour, milliseconds)
     on conflict (force, cell, hour) do update set milliseconds = own.milliseconds + excluded.milliseconds`,
    [
      force,
      doses.map(({ cell }) => cell),
      doses.map(({ hourMs }) => new Date(hourMs)),
      doses.map(({ milliseconds }) => milliseconds),
    ],
  );
}

export interface PatrolDose {
  force: Force;
  cell: Cell;
  hourMs: number;
  milliseconds: number;
}

/** Doses of whole hours from `fromMs` to before `toMs`; of some cells, or where there is none named of all. */
export async function selectDoses(
  database: Pick<Database, 'query'>,
  span: { forces: readonly Force[]; cells?: readonly Cell[]; fromMs: number; toMs: number },
): Promise<PatrolDose[]> {
  const { forces, cells, fromMs, toMs } = span;
  const { rows } = await database.query<{ force: Force; cell: string; hour: Date; milliseconds: number }>(
    `select force, to_hex(cell) as cell, hour, milliseconds from patrol_doses
     where force = any($1) and hour >= $2 and hour < $3 and milliseconds <> 0
       ${
         cells === undefined
           ? ''
           : `and cell = any(array(
         select ('x' || lpad(given, 16, '0'))::bit(64)::bigint from unnest($4::text[]) as cells (given)))`
       }
     order by hour, cell`,
    [forces, new Date(fromMs), new Date(toMs), ...(cells === undefined ? [] : [cells])],
  );
  return rows.map(({ hour, ...row }) => ({ ...row, hourMs: hour.getTime() }));
}

export interface PatrolAccount {
  force: Force;
  stored: number;
  duplicates: number;
  rejected: number;
  lastRejection: { reason: string; at: string } | null;
}

export async function selectPatrolAccounts(database: Pick<Database, 'query'>): Promise<PatrolAccount[]> {
  const { rows } = await database.query<
    Omit<PatrolAccount, 'lastRejection'> & { reason: string | null; rejected_at: Date | null }
  >(
    `select force, stored, duplicates, rejected, last_rejection_reason as reason, last_rejection_at as rejected_at
     from patrol_accounts order by force`,
  );
  return rows.map(({ reason, rejected_at, ...row }) => ({
    ...row,
    lastRejection: reason === null ? null : { reason, at: rejected_at?.toISOString() ?? '' },
  }));
}

/** Whether any unit of these forces told within the last day where it was. */
export async function hasPings(
  database: Pick<Database, 'query'>,
  forces: readonly Force[],
): Promise<boolean> {
  const { rowCount } = await database.query('select from patrol_pings where force = any($1) limit 1', [
    forces,
  ]);
  return rowCount === 1;
}
