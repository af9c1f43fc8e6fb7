/** Which stretch of time a history covers: when it was told of in earnest, not when its first straggler happened. */
import { DAY_MS } from '../../shared/time.ts';

interface Day {
  incidents: number;
  firstMs: number;
}

/** A day with fewer than this share of a usual day's incidents lies before the feed's beginning. */
const EARNEST_SHARE = 0.25;

export type EncodedCoverage = [day: number, incidents: number, firstMs: number][];

export class Coverage {
  /** By days of UTC since the epoch. */
  readonly #days = new Map<number, Day>();
  #latestMs = -Infinity;
  #firstMs: number | undefined;

  /** When the latest incident happened, epoch milliseconds; -Infinity without any. */
  get latestMs(): number {
    return this.#latestMs;
  }

  /**
   * The first incident of the first day in earnest, epoch milliseconds; Infinity without any. A feed that
   * begins today also tells of what happened weeks ago and is reported late: counting from there would
   * spread a day's incidents over weeks. A usual day is the one that half of all incidents fall on or below.
   */
  get firstMs(): number {
    return (this.#firstMs ??= this.#earnestStart());
  }

  add(occurredAtMs: number): void {
    const number = Math.floor(occurredAtMs / DAY_MS);
    const day = this.#days.get(number);
    if (day === undefined) this.#days.set(number, { incidents: 1, firstMs: occurredAtMs });
    else {
      day.incidents++;
      day.firstMs = Math.min(day.firstMs, occurredAtMs);
    }
    this.#latestMs = Math.max(this.#latestMs, occurredAtMs);
    this.#firstMs = undefined;
  }

  /** What is taken back was told of all the same: only its share of the day goes. */
  remove(occurredAtMs: number): void {
    const day = this.#days.get(Math.floor(occurredAtMs / DAY_MS));
    if (day !== undefined && day.incidents > 0) day.incidents--;
    this.#firstMs = undefined;
  }

  encode(): { days: EncodedCoverage; latestMs: number | null } {
    const days = [...this.#days].map(([number, { incidents, firstMs }]): EncodedCoverage[number] => [
      number,
      incidents,
      firstMs,
    ]);
    return { days, latestMs: Number.isFinite(this.#latestMs) ? this.#latestMs : null };
  }

  /** Fills an empty coverage with what `encode` gave. */
  restore({ days, latestMs }: ReturnType<Coverage['encode']>): void {
    for (const [number, incidents, firstMs] of days) this.#days.set(number, { incidents, firstMs });
    this.#latestMs = latestMs ?? -Infinity;
    this.#firstMs = undefined;
  }

  #earnestStart(): number {
    const sizes = [...this.#days.values()]
      .map(({ incidents }) => incidents)
      .sort((one, other) => one - other);
    const half = sizes.reduce((sum, size) => sum + size, 0) / 2;
    let seen = 0;
    const usual = sizes.find((size) => (seen += size) >= half) ?? 0;
    let start = Infinity;
    for (const { incidents, firstMs } of this.#days.values()) {
      if (incidents > 0 && incidents >= EARNEST_SHARE * usual) start = Math.min(start, firstMs);
    }
    return start;
  }
}
