/** Feed health: what each source has sent, and whether it still speaks. */
import type { Agency } from './category.ts';
import type { TimePrecision } from './incident.ts';

/** `silent`: nothing for far longer than its own rhythm; `late`: what arrives is old. Neither means a quiet street. */
export type FeedCondition = 'live' | 'late' | 'silent';

/** Without a word for so many times its expected interval a feed is overdue, and then silent. */
export const OVERDUE_TIMES = 2;
export const SILENT_TIMES = 5;

export interface FeedState {
  agency: Agency;
  feed: string;
  condition: FeedCondition;
  lastReceivedAt: string;
  /** Seconds within which it is expected to speak again; missing in what was announced before there was one. */
  expectedSeconds?: number;
  /** The newest happening it has told of; null while everything it sent was rejected. */
  lastOccurredAt: string | null;
  /** The finest precision of any time it told; `day` or `month`: it never knows the hour. */
  finestPrecision: TimePrecision | null;
  stored: number;
  duplicates: number;
  rejected: number;
  lastRejection: { reason: string; path: string; at: string } | null;
}
