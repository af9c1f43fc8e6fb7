/** Remembers which revision of recent incidents has been counted, in bounded space. */

/** Ten times what a snapshot lists: far more than can race a snapshot, small enough to keep for ever. */
const REMEMBERED = 5_000;

export class CountedRevisions {
  readonly #revisions = new Map<string, number>();

  clear(): void {
    this.#revisions.clear();
  }

  /** Notes the revision; `counted` where it, or a later one, has been counted already. */
  count(key: string, revision: number): 'first' | 'later' | 'counted' {
    const known = this.#revisions.get(key);
    if (known !== undefined && known >= revision) return 'counted';
    this.#revisions.delete(key);
    this.#revisions.set(key, revision);
    if (this.#revisions.size > REMEMBERED) {
      const [oldest] = this.#revisions.keys();
      if (oldest !== undefined) this.#revisions.delete(oldest);
    }
    return known === undefined ? 'first' : 'later';
  }
}
