/** Keeps arrivals on the map from flashing: what blinks more than three times a second can bring on a seizure (WCAG 2.3.1). */

/** A flash is a light that comes and goes: so many may start, since each goes out once. */
const MOST_IN_A_SECOND = 3;
const SECOND_MS = 1_000;

interface Started {
  x: number;
  y: number;
  atMs: number;
}

export class PulsePace {
  #started: Started[] = [];

  /**
   * Whether another ring may start there now; if so, it counts as started.
   * @param nowMs of a clock that never steps
   * @param reach pixels within which rings overlap and are seen as one light
   */
  admits(x: number, y: number, nowMs: number, reach: number): boolean {
    this.#started = this.#started.filter(({ atMs }) => nowMs - atMs < SECOND_MS);
    const near = this.#started.filter((other) => Math.hypot(other.x - x, other.y - y) < reach);
    if (near.length >= MOST_IN_A_SECOND) return false;
    this.#started.push({ x, y, atMs: nowMs });
    return true;
  }
}
