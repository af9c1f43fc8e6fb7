/** How long an alert may wait for somebody to take it before the server passes it on. */
import type { AlertPriority } from '../../shared/alert.ts';
import { MINUTE_MS } from '../../shared/time.ts';

/** A feed's clock may run fast: the wait is of the clock that the alerts are stamped by. */
const WAIT_MS: Record<AlertPriority, number> = {
  high: 2 * MINUTE_MS,
  medium: 10 * MINUTE_MS,
  low: 30 * MINUTE_MS,
};

export function escalateAtMs(priority: AlertPriority, fromMs: number): number {
  return fromMs + WAIT_MS[priority];
}
