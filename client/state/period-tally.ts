/** Counts by day and month, for incidents of which nothing finer is known: of each force the newest of either. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin } from '../../shared/incident.ts';
import type { PeriodCounts } from '../../shared/messages.ts';
import { kindOf, PERIOD_KINDS, type Period, type PeriodKind } from '../../shared/period.ts';

/** The newest day, or the newest month, of all forces together. */
export interface ShownPeriod {
  kind: PeriodKind;
  /** Where forces are not equally far, their oldest and newest. */
  first: Period;
  last: Period;
  /** Incidents per cell; cells with none are left out. */
  cells: ReadonlyMap<Cell, number>;
  total: number;
}

interface Newest {
  period: Period;
  origins: Set<Origin>;
  cells: Map<Cell, number>;
}

export class PeriodTally {
  readonly #newest = new Map<string, Newest>();

  clear(): void {
    this.#newest.clear();
  }

  load({ force, period, origins, cells }: PeriodCounts): void {
    this.#newest.set(`${force}|${kindOf(period)}`, {
      period,
      origins: new Set(origins),
      cells: new Map(cells),
    });
  }

  /** Adds `change` incidents, or takes them back where it is negative; what is older than the newest is let go. */
  add(
    { force, period, cell }: { force: Force; period: Period; cell: Cell },
    change: number,
    origins: readonly Origin[] = [],
  ): void {
    const key = `${force}|${kindOf(period)}`;
    let newest = this.#newest.get(key);
    if (newest === undefined || newest.period < period) {
      newest = { period, origins: new Set(), cells: new Map() };
      this.#newest.set(key, newest);
    }
    if (newest.period !== period) return;
    for (const origin of origins) newest.origins.add(origin);
    newest.cells.set(cell, (newest.cells.get(cell) ?? 0) + change);
  }

  keepOnly(isShown: (period: Period) => boolean): void {
    for (const [key, { period }] of this.#newest) if (!isShown(period)) this.#newest.delete(key);
  }

  origins(): Origin[] {
    return [...this.#newest.values()].flatMap(({ origins }) => [...origins]);
  }

  /** Days before months. */
  shown(): ShownPeriod[] {
    return PERIOD_KINDS.flatMap((kind) => {
      const all = [...this.#newest.values()].filter(({ period }) => kindOf(period) === kind);
      const periods = all.map(({ period }) => period).sort();
      const [first, last] = [periods[0], periods.at(-1)];
      if (first === undefined || last === undefined) return [];
      const cells = new Map<Cell, number>();
      for (const newest of all) {
        for (const [cell, count] of newest.cells) {
          if (count > 0) cells.set(cell, (cells.get(cell) ?? 0) + count);
        }
      }
      const total = cells.values().reduce((sum, count) => sum + count, 0);
      return [{ kind, first, last, cells, total }];
    });
  }
}
