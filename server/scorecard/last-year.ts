/** Last year's counts, as the naive map and the scorecard need them: made once a local day and force. */
import type { Cell } from '../../shared/cell.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { THEMES, themesOf, type Theme } from '../../shared/theme.ts';
import { DAY_MS, type TimeZone } from '../../shared/time.ts';
import { isTimedFor } from '../../models/training/training-plan.ts';
import type { Transaction } from '../store/database.ts';
import { selectYearCounts, type YearCount } from '../store/known-outcomes.ts';

const YEAR_MS = 365 * DAY_MS;

export class LastYear {
  readonly #rows = new Map<Cell, number>();
  /** Rows × themes. */
  readonly #counts: Uint32Array;
  readonly #incidents = new Map<Theme, number>();
  readonly #timed = new Map<string, number>();

  constructor(counts: readonly YearCount[]) {
    for (const { cell } of counts) if (!this.#rows.has(cell)) this.#rows.set(cell, this.#rows.size);
    this.#counts = new Uint32Array(this.#rows.size * THEMES.length);
    for (const count of counts) this.#add(count);
  }

  /** Incidents in each of the cells. */
  of(theme: Theme, cells: readonly Cell[]): Uint32Array {
    const column = THEMES.indexOf(theme);
    return Uint32Array.from(cells, (cell) => {
      const row = this.#rows.get(cell);
      return row === undefined ? 0 : (this.#counts[row * THEMES.length + column] ?? 0);
    });
  }

  /** The share of the theme's incidents whose time is known finely enough for the horizon; 1 without any. */
  timedShare(theme: Theme, horizonHours: HorizonHours): number {
    const incidents = this.#incidents.get(theme) ?? 0;
    return incidents === 0 ? 1 : (this.#timed.get(`${theme}|${horizonHours}`) ?? 0) / incidents;
  }

  #add(count: YearCount): void {
    const row = this.#rows.get(count.cell) ?? 0;
    for (const theme of themesOf(count)) {
      const place = row * THEMES.length + THEMES.indexOf(theme);
      this.#counts[place] = (this.#counts[place] ?? 0) + count.incidents;
      increase(this.#incidents, theme, count.incidents);
      for (const hours of [1, 8, 24] as const) {
        if (isTimedFor(count, { hours })) increase(this.#timed, `${theme}|${hours}`, count.incidents);
      }
    }
  }
}

function increase<Key>(sums: Map<Key, number>, key: Key, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

/** Windows that close and windows that settle are days apart: with one entry they would take turns in it. */
const KEPT = 6;

/** Keeps the latest few: windows come in the order of time, so the next one mostly needs the same. */
export class LastYears {
  readonly #timeZone: TimeZone;
  readonly #kept = new Map<string, LastYear>();

  constructor(timeZone: TimeZone) {
    this.#timeZone = timeZone;
  }

  /** The 365 days before the local midnight before the issue, as known then. */
  async before(transaction: Transaction, force: Force, issuedMs: number): Promise<LastYear> {
    const toMs = this.#timeZone.startOfDay(issuedMs);
    const key = `${force}|${toMs}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const counts = await selectYearCounts(transaction, { force, fromMs: toMs - YEAR_MS, toMs });
    const lastYear = new LastYear(counts);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= KEPT) this.#kept.delete(oldest);
    this.#kept.set(key, lastYear);
    return lastYear;
  }
}
