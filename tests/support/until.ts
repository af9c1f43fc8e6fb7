/** Waits for a state of a real server: polls it, and says what it was when the wait is given up. */
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves with the first value that `isReached`; rejects after `limitMs` with the last value seen. */
export async function until<T>(
  look: () => Promise<T> | T,
  isReached: (value: T) => boolean,
  limitMs = 60_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await look();
    if (isReached(value)) return value;
    if (performance.now() > end) throw new Error(`not reached; last seen: ${JSON.stringify(value)}`);
    await delay(20);
  }
}
