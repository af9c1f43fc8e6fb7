/** Tells from single tiles whether there is a way to them at all: one that is missing is no reason to give up. */

/** So many failures in a row mean that there is none. */
const MOST_FAILURES = 12;

export class TileReach {
  readonly #changed: (reached: boolean) => void;
  #failures = 0;

  /** @param changed called with true when a tile arrives, with false when none does any more */
  constructor(changed: (reached: boolean) => void) {
    this.#changed = changed;
  }

  arrived(): void {
    this.#failures = 0;
    this.#changed(true);
  }

  /** Returns true for the failure at which there is no hope left. */
  failed(): boolean {
    this.#failures += 1;
    if (this.#failures !== MOST_FAILURES) return false;
    this.#changed(false);
    return true;
  }

  /** Before tiles are asked for anew. */
  reset(): void {
    this.#failures = 0;
  }
}
