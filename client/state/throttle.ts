/** Runs an act at once, then at most once in an interval, however often it is asked for. */
import type { Timers } from '../timers.ts';

export interface Throttled {
  /** Asks for the act; the last ask in an interval is never lost. */
  (): void;
  stop(): void;
}

export function throttle(timers: Timers, intervalMs: number, act: () => void): Throttled {
  let cancel: (() => void) | undefined;
  let again = false;
  const run = (): void => {
    again = false;
    cancel = timers.after(intervalMs, () => {
      cancel = undefined;
      if (again) run();
    });
    act();
  };
  const ask = (): void => {
    if (cancel === undefined) run();
    else again = true;
  };
  ask.stop = (): void => {
    cancel?.();
    again = false;
  };
  return ask;
}
