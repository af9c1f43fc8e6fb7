/** Lets go of the archive where TimescaleDB does not do it: by when a message was archived, whatever its stamp says. */
import type { Database } from './database.ts';

/** So long is kept what LIVE said, unless said otherwise. */
export const ARCHIVE_DAYS = 30;
/** Rows deleted in one transaction: a fraction of a second's work. */
const PORTION = 5_000;

/** False where TimescaleDB drops whole chunks, or nothing is archived here. */
export async function mustDeleteArchived(database: Database): Promise<boolean> {
  const { rowCount: offered } = await database.query(
    `select from pg_extension where extname = 'timescaledb'`,
  );
  if (offered === 0) return true;
  const { rowCount } = await database.query(
    `select from timescaledb_information.jobs
     where hypertable_schema = current_schema and hypertable_name = 'live_archive' and proc_name = 'policy_retention'`,
  );
  return rowCount === 0;
}

/** Notes how far the archive has got now, in every epoch; in one that has not moved since, nothing. */
export async function markArchive(database: Database): Promise<void> {
  // Epochs are few and rows are many: from each epoch the index leads to the next.
  await database.query(
    `with recursive epochs as (
       (select epoch from live_archive order by epoch limit 1)
       union all
       select next.epoch from epochs, lateral (
         select a.epoch from live_archive a where a.epoch > epochs.epoch order by a.epoch limit 1
       ) next
     )
     insert into archive_marks (epoch, seq)
     select epochs.epoch, latest.seq from epochs, lateral (
       select a.seq from live_archive a where a.epoch = epochs.epoch order by a.seq desc limit 1
     ) latest
     on conflict do nothing`,
  );
}

/** A stretch of an epoch that was archived longer ago than is kept. */
export interface Expired {
  epoch: string;
  /** Everything before it is to go. The newest of an epoch stays: from its stamp a feed clock goes on. */
  seq: number;
}

/** One stretch per epoch that has any. */
export async function selectExpired(database: Database, days: number): Promise<Expired[]> {
  const { rows } = await database.query<Expired>(
    `select epoch, max(seq) as seq from archive_marks
     where marked_at < now() - make_interval(days => $1) group by epoch`,
    [days],
  );
  return rows;
}

/** Deletes the oldest portion of the stretch; returns how many rows, 0 once all is gone. */
export async function deleteExpired(database: Database, { epoch, seq }: Expired): Promise<number> {
  const { rowCount } = await database.query(
    `delete from live_archive where epoch = $1 and seq < $2 and seq <= (
       select coalesce(max(seq), 0) from (
         select seq from live_archive where epoch = $1 and seq < $2 order by seq limit ${PORTION}
       ) portion
     )`,
    [epoch, seq],
  );
  return rowCount ?? 0;
}

/** Forgets what was marked up to the stretch's end. */
export async function deleteMarks(database: Database, { epoch, seq }: Expired): Promise<void> {
  await database.query('delete from archive_marks where epoch = $1 and seq <= $2', [epoch, seq]);
}
