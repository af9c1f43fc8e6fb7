/** Goes on until something works again: waits between attempts, longer each time, with jitter. */
import { setTimeout as delay } from 'node:timers/promises';

export interface RetryOptions {
  signal: AbortSignal;
  /** Called after each failure, before the wait. */
  onFailure: (error: unknown) => void;
  firstWaitMs?: number;
  longestWaitMs?: number;
  /** Rejects once the signal is aborted; injected, as is `monotonic`, so that tests need not wait. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  monotonic?: () => number;
}

/** Full jitter (Brooker 2015): many processes that fail together do not come back together. */
export function backoffMs(
  attempt: number,
  firstWaitMs: number,
  longestWaitMs: number,
  random = Math.random,
): number {
  const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 30));
  return ceiling * (0.5 + random() / 2);
}

/** Resolves with the first success; rejects with the signal's reason once that is aborted. */
export async function retrying<T>(act: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, onFailure, firstWaitMs = 100, longestWaitMs = 5_000 } = options;
  const { wait = waitReal, monotonic = () => performance.now() } = options;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    const beganMs = monotonic();
    try {
      return await act();
    } catch (error) {
      onFailure(error);
      // What worked for long has failed anew: it is not to wait for the failures of last week.
      if (monotonic() - beganMs > longestWaitMs) attempt = 0;
      await wait(backoffMs(attempt, firstWaitMs, longestWaitMs), signal);
    }
  }
}

function waitReal(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal });
}
