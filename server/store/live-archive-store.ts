/** Keeps what LIVE said beyond LIVE's own day. */
import type { Database } from './database.ts';

export interface ArchivedMessage {
  epoch: string;
  seq: number;
  stampMs: number;
  subject: string;
  payload: string;
}

export async function insertArchived(
  database: Database,
  messages: readonly ArchivedMessage[],
): Promise<void> {
  await database.query(
    `insert into live_archive (epoch, seq, stamp, subject, payload)
     select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::jsonb[])
     on conflict do nothing`,
    [
      messages.map(({ epoch }) => epoch),
      messages.map(({ seq }) => seq),
      messages.map(({ stampMs }) => new Date(stampMs).toISOString()),
      messages.map(({ subject }) => subject),
      messages.map(({ payload }) => payload),
    ],
  );
}

/** The last archived seq of an epoch and its stamp; seq 0 where nothing is archived yet. */
export async function selectArchiveEnd(
  database: Database,
  epoch: string,
): Promise<{ seq: number; stampMs: number }> {
  const { rows } = await database.query<{ seq: number; stamp: Date }>(
    'select seq, stamp from live_archive where epoch = $1 order by seq desc limit 1',
    [epoch],
  );
  const [last] = rows;
  return last === undefined ? { seq: 0, stampMs: 0 } : { seq: last.seq, stampMs: last.stamp.getTime() };
}

/** The stamp of the newest announcement of all: where a feed clock stood. */
export async function selectNewestStamp(database: Database): Promise<number | undefined> {
  const { rows } = await database.query<{ stamp: Date }>(
    'select stamp from live_archive order by stamp desc limit 1',
  );
  return rows[0]?.stamp.getTime();
}
