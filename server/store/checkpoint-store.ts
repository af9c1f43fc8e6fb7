/** The forecaster's state at a position of LIVE, so that a restart reads only what came after. */
import { inTransaction, type Database } from './database.ts';

/** A named part of the state. */
export interface Checkpoint {
  part: string;
  state: Uint8Array;
}

export interface Checkpoints {
  epoch: string;
  seq: number;
  parts: Checkpoint[];
}

/** Replaces all checkpoints, in one transaction. */
export async function saveCheckpoints(database: Database, { epoch, seq, parts }: Checkpoints): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await transaction.query('delete from forecast_checkpoints');
    for (const { part, state } of parts) {
      await transaction.query(
        'insert into forecast_checkpoints (part, epoch, seq, state) values ($1, $2, $3, $4)',
        [part, epoch, seq, Buffer.from(state.buffer, state.byteOffset, state.byteLength)],
      );
    }
  });
}

/** `undefined` where none was saved. */
export async function loadCheckpoints(database: Database): Promise<Checkpoints | undefined> {
  const { rows } = await database.query<{ part: string; epoch: string; seq: number; state: Buffer }>(
    'select part, epoch, seq, state from forecast_checkpoints',
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  return { epoch: first.epoch, seq: first.seq, parts: rows.map(({ part, state }) => ({ part, state })) };
}
