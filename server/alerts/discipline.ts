/**
 * Alarm discipline (EEMUA 191; ISA-18.2): how many alerts people can take, and what is held back beyond that.
 * One in ten minutes for each dispatcher is steady; ten in ten minutes is a flood.
 */
import type { AlertPriority } from '../../shared/alert.ts';
import { MINUTE_MS } from '../../shared/time.ts';

export const RATE_WINDOW_MS = 10 * MINUTE_MS;
export const STEADY_PER_DISPATCHER = 1;
export const FLOOD = 10;

export interface Load {
  /** Alerts raised in the last ten minutes and not held back, those grouped with another left out. */
  called: number;
  /** The same with those that were held back. */
  raised: number;
  /** People who have a desk open, at least one. */
  dispatchers: number;
}

export function isFlood({ raised }: Pick<Load, 'raised'>): boolean {
  return raised >= FLOOD;
}

/** Whether an alert more must wait: the low ones once people have as many as they can take, in a flood all but the high. */
export function isHeldBack(priority: AlertPriority, load: Load): boolean {
  if (priority === 'high') return false;
  if (isFlood(load)) return true;
  return priority === 'low' && load.called >= STEADY_PER_DISPATCHER * Math.max(1, load.dispatchers);
}
