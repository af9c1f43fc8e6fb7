/** Announcements written in the transaction of the change they tell of, until LIVE has them. */
import type { Announcement } from '../../shared/announcement.ts';
import type { Database, Transaction } from './database.ts';

export interface OutboxEntry {
  id: number;
  announcement: Announcement;
}

export async function insertOutbox(
  transaction: Transaction,
  announcements: readonly Announcement[],
): Promise<void> {
  await transaction.query('insert into outbox (payload) select unnest($1::jsonb[])', [
    announcements.map((announcement) => JSON.stringify(announcement)),
  ]);
}

export async function selectOutbox(database: Database): Promise<OutboxEntry[]> {
  const { rows } = await database.query<{ id: number; payload: Announcement }>(
    'select id, payload from outbox order by id limit 500',
  );
  return rows.map(({ id, payload }) => ({ id, announcement: payload }));
}

export async function deleteOutbox(database: Database, ids: readonly number[]): Promise<void> {
  await database.query('delete from outbox where id = any($1)', [ids]);
}
