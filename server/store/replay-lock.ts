/** Lets one keeper at a time write what replay needs, of however many processes. */
import type { Transaction } from './database.ts';

/** Any number, as long as nothing else is locked by it. */
const REPLAY_LOCK = 7_400_117;

/** Held until the transaction ends; false where another has it. */
export async function tryReplayLock(transaction: Transaction): Promise<boolean> {
  const { rows } = await transaction.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock($1) as locked',
    [REPLAY_LOCK],
  );
  return rows[0]?.locked === true;
}
