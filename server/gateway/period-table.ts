/** Counts by day and month, for incidents of which nothing finer is known: of each force the newest of either. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin } from '../../shared/incident.ts';
import type { PeriodCounts } from '../../shared/messages.ts';
import { isRecentPeriod, kindOf, PERIOD_KINDS, type Period } from '../../shared/period.ts';
import type { Theme } from '../../shared/theme.ts';
import type { TimeZone } from '../../shared/time.ts';

interface Newest {
  period: Period;
  themes: Map<Theme, Counted>;
}

interface Counted {
  origins: Set<Origin>;
  cells: Map<Cell, number>;
}

export interface PeriodPlace {
  force: Force;
  period: Period;
  themes: readonly Theme[];
  cell: Cell;
  /** Unknown of what is only taken back. */
  origin: Origin | undefined;
}

export class PeriodTable {
  readonly #timeZone: TimeZone;
  /** By force and kind. Once seen, a period stays the newest, though all of it may be taken back. */
  readonly #newest = new Map<string, Newest>();
  #prunedMs = -Infinity;

  constructor(timeZone: TimeZone) {
    this.#timeZone = timeZone;
  }

  /** What belongs to an older period than the newest, or to none that is recent, is let go. */
  add({ force, period, themes, cell, origin }: PeriodPlace, change: 1 | -1): void {
    const key = `${force}|${kindOf(period)}`;
    let newest = this.#newest.get(key);
    if (newest === undefined || newest.period < period) {
      if (!isRecentPeriod(period, this.#prunedMs, this.#timeZone)) return;
      newest = { period, themes: new Map() };
      this.#newest.set(key, newest);
    }
    if (newest.period !== period) return;
    for (const theme of themes) {
      let counted = newest.themes.get(theme);
      if (counted === undefined)
        newest.themes.set(theme, (counted = { origins: new Set(), cells: new Map() }));
      if (origin !== undefined) counted.origins.add(origin);
      const { cells } = counted;
      const count = (cells.get(cell) ?? 0) + change;
      if (count === 0) cells.delete(cell);
      else cells.set(cell, count);
    }
  }

  /** Takes over what `of` gave of a theme; into a table that knows no other period of that force and kind. */
  load({ theme, force, period, origins, cells }: PeriodCounts): void {
    const key = `${force}|${kindOf(period)}`;
    const newest = this.#newest.get(key) ?? { period, themes: new Map<Theme, Counted>() };
    this.#newest.set(key, newest);
    newest.themes.set(theme, { origins: new Set(origins), cells: new Map(cells) });
  }

  /** Forgets what is no longer recent at `nowMs`. */
  prune(nowMs: number): void {
    this.#prunedMs = nowMs;
    for (const [key, { period }] of this.#newest) {
      if (!isRecentPeriod(period, nowMs, this.#timeZone)) this.#newest.delete(key);
    }
  }

  origins(forces: readonly Force[], themes: readonly Theme[]): Origin[] {
    const all = forces.flatMap((force) => PERIOD_KINDS.map((kind) => this.#newest.get(`${force}|${kind}`)));
    return all.flatMap((newest) =>
      themes.flatMap((theme) => [...(newest?.themes.get(theme)?.origins ?? [])]),
    );
  }

  /** Also of a theme that the newest period has nothing of: that is known, too. */
  of(forces: readonly Force[], themes: readonly Theme[]): PeriodCounts[] {
    const found: PeriodCounts[] = [];
    for (const force of forces) {
      for (const kind of PERIOD_KINDS) {
        const newest = this.#newest.get(`${force}|${kind}`);
        if (newest === undefined) continue;
        for (const theme of themes) {
          const { origins = [], cells = [] } = newest.themes.get(theme) ?? {};
          found.push({ theme, force, period: newest.period, origins: [...origins], cells: [...cells] });
        }
      }
    }
    return found;
  }
}
