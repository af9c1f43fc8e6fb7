/** Tells a batch that is announced again from a new one: announcing may repeat, counting may not. */
import type { IncidentsStored } from '../../shared/announcement.ts';

/**
 * Remembers the latest parts up to a limit: a repeat comes soon after the first, since whatever ingest
 * process runs announces what another left behind within seconds.
 */
export class SeenBatches {
  readonly #seen: Set<string>;
  readonly #limit: number;

  constructor(seen: Iterable<string> = [], limit = 50_000) {
    this.#seen = new Set(seen);
    this.#limit = limit;
  }

  /** Marks every part of a batch, as when it was read from the database. */
  addBatch(batch: number): void {
    this.#remember(String(batch));
  }

  /** Whether this part was not there before; marks it. */
  isNew({ batch, part }: Pick<IncidentsStored, 'batch' | 'part'>): boolean {
    const name = `${batch}.${part}`;
    if (this.#seen.has(name) || this.#seen.has(String(batch))) return false;
    this.#remember(name);
    return true;
  }

  /** For a checkpoint: what the constructor takes. */
  names(): string[] {
    return [...this.#seen];
  }

  #remember(name: string): void {
    this.#seen.add(name);
    if (this.#seen.size <= this.#limit) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      break;
    }
  }
}
