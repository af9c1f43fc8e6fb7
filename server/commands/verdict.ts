/** The closing line of a check, and its exit code. */
import type { Counts } from './stage.ts';

/** Prints `N passed, N failed`, with what was skipped where anything was, and returns the exit code. */
export function verdict({ passed, failed, skipped }: Counts): number {
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}
