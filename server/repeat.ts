/** Does something again and again, with a pause in between, until told to stop. */
import { setTimeout as delay } from 'node:timers/promises';

/** Throws what `act` throws. */
export async function repeat(
  act: () => Promise<unknown>,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await act();
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
