/** Waits for a state of the outside world that nothing announces, by asking again and again. */
import { setTimeout as pause } from 'node:timers/promises';

const STEP_MS = 25;

/** Resolves to true once `holds` does, or to false after `limitMs`. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await pause(STEP_MS);
  }
  return true;
}
