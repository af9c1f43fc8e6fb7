/** Measures the present alerts of a force against what people can take. */
import type { AlertPriority } from '../../shared/alert.ts';
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertMeter } from '../../shared/alert-meter.ts';
import { FLOOD, isFlood, STEADY_PER_DISPATCHER, type Load } from './discipline.ts';

/** EEMUA 191: high, medium and low ones. */
const AIMS = { high: 0.05, medium: 0.15, low: 0.8 } as const;

/** `given` are the priorities of those raised in the last day, before any was escalated; `open` are those that are open. */
export function meterOf(
  at: string,
  load: Load,
  { open, given }: { open: readonly Alert[]; given: readonly AlertPriority[] },
): AlertMeter {
  const share = (priority: AlertPriority): number =>
    given.filter((one) => one === priority).length / given.length;
  return {
    at,
    ...load,
    perDispatcher: load.called / Math.max(1, load.dispatchers),
    ...{ steadyPerDispatcher: STEADY_PER_DISPATCHER, flood: isFlood(load), floodFrom: FLOOD },
    open: {
      unacknowledged: open.filter(({ state, heldBack }) => state === 'raised' && !heldBack).length,
      heldBack: open.filter(({ heldBack }) => heldBack).length,
      shelved: open.filter(({ shelvedUntil }) => shelvedUntil !== null).length,
    },
    priorities:
      given.length === 0 ? null : { high: share('high'), medium: share('medium'), low: share('low') },
    aims: AIMS,
  };
}
