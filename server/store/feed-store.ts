/** The account of each feed, as ingest keeps it. */
import type { Agency } from '../../shared/category.ts';
import { TIME_PRECISIONS, type TimePrecision } from '../../shared/incident.ts';
import type { Database } from './database.ts';

export interface FeedAccount {
  agency: Agency;
  feed: string;
  stored: number;
  duplicates: number;
  rejected: number;
  lastReceivedAt: Date;
  lastOccurredAt: Date | null;
  /** Mean time between messages, recent ones weighing most; null before the second batch. */
  meanGapSeconds: number | null;
  /** The finest precision of any time it ever told; null before the first incident. */
  finestPrecision: TimePrecision | null;
  lastRejection: { reason: string; path: string; at: string } | null;
}

interface FeedRow {
  agency: Agency;
  feed: string;
  stored: number;
  duplicates: number;
  rejected: number;
  last_received_at: Date;
  last_occurred_at: Date | null;
  mean_gap_seconds: number | null;
  finest_precision: number | null;
  last_rejection_reason: string | null;
  last_rejection_path: string | null;
  last_rejection_at: Date | null;
}

/** The finest precision among rows of incidents, as `feeds.finest_precision` holds it: 1 is the finest. */
export const FINEST_PRECISION = `min(array_position('{${TIME_PRECISIONS.join(',')}}'::text[], time_precision))`;

export async function selectFeeds(database: Pick<Database, 'query'>): Promise<FeedAccount[]> {
  const { rows } = await database.query<FeedRow>('select * from feeds order by agency, feed');
  return rows.map((row) => ({
    agency: row.agency,
    feed: row.feed,
    stored: row.stored,
    duplicates: row.duplicates,
    rejected: row.rejected,
    lastReceivedAt: row.last_received_at,
    lastOccurredAt: row.last_occurred_at,
    meanGapSeconds: row.mean_gap_seconds,
    finestPrecision:
      row.finest_precision === null ? null : (TIME_PRECISIONS[row.finest_precision - 1] ?? null),
    lastRejection:
      row.last_rejection_at === null
        ? null
        : {
            reason: row.last_rejection_reason ?? '',
            path: row.last_rejection_path ?? '',
            at: row.last_rejection_at.toISOString(),
          },
  }));
}

/** When the newest message of any feed was received, epoch milliseconds; undefined before the first. */
export async function newestReceivedMs(database: Database): Promise<number | undefined> {
  const { rows } = await database.query<{ newest: Date | null }>(
    'select max(last_received_at) as newest from feeds',
  );
  return rows[0]?.newest?.getTime();
}
