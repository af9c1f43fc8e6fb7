/** What has been found and is to be recorded as an alert. */
import type { AlertPriority } from '../../shared/alert.ts';
import type { Found } from './raise-alert.ts';

/** JSON, for checkpoints. */
export interface Pending extends Omit<Found, 'priority'> {
  /** Null where what happened there decides. */
  priority: AlertPriority | null;
  /** Whether an alert is raised where none is open; else only an open one is brought up to date. */
  raises: boolean;
  nowMs: number;
}
