/** Remembers which revisions of recent incidents have been counted, in bounded space. */

/** Ten times what a snapshot lists: far more than is told late, small enough to keep for ever. */
const REMEMBERED = 5_000;

export class CountedRevisions {
  readonly #revisions = new Map<string, number[]>();

  clear(): void {
    this.#revisions.clear();
  }

  /**
   * Notes the revision: `first` of its incident, `later` or `earlier` than the latest one that was counted, or
   * `counted` itself already.
   */
  count(key: string, revision: number): 'first' | 'later' | 'earlier' | 'counted' {
    const known = this.#revisions.get(key) ?? [];
    if (known.includes(revision)) return 'counted';
    this.#revisions.delete(key);
    this.#revisions.set(key, [...known, revision]);
    if (this.#revisions.size > REMEMBERED) {
      const [oldest] = this.#revisions.keys();
      if (oldest !== undefined) this.#revisions.delete(oldest);
    }
    if (known.length === 0) return 'first';
    return revision > Math.max(...known) ? 'later' : 'earlier';
  }
}
