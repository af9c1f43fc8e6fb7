/** Time as the client measures it: a monotonic clock and timers, replaced by virtual ones in tests. */

export interface Timers {
  /** Milliseconds of a clock that never steps; only differences mean anything. */
  now(): number;
  /** Acts once after the delay; the returned function cancels it. */
  after(delayMs: number, act: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
