/** Counts incidents per theme and cell over the last hours of event time, taking back what was corrected. */
import type { IncidentChange, Superseded } from '../../shared/announcement.ts';
import { isSensitive } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import { HORIZONS, type HorizonHours } from '../../shared/forecast.ts';
import { isTimed } from '../../shared/period.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';

type CountsByCell = Map<Cell, number>;
const NONE: ReadonlyMap<Cell, number> = new Map();
const LONGEST_MINUTES = (Math.max(...HORIZONS) * HOUR_MS) / MINUTE_MS;

/** A theme's incidents, and apart those of them whose place must stay vague. */
type Counted = Theme | `sensitive ${Theme}`;

/** A minute's happenings, so that they can leave each window as a whole. */
type Minute = { theme: Counted; cell: Cell; count: number }[];

export type EncodedCounts = [minute: number, theme: Counted, cell: Cell, count: number][];

export class RollingCounts {
  readonly #minutes = new Map<number, Minute>();
  readonly #totals = new Map<HorizonHours, Map<Counted, CountsByCell>>(
    HORIZONS.map((hours) => [hours, new Map()]),
  );
  /** The last minute that has left each window. */
  readonly #goneMinute = new Map<HorizonHours, number>(HORIZONS.map((hours) => [hours, -Infinity]));

  /** Counts the incident, unless cancelled, and takes back what it supersedes. */
  apply({ incident, superseded }: IncidentChange): void {
    if (superseded !== undefined) this.takeBack(superseded);
    if (incident.status !== 'cancelled') this.#count(incident, 1);
  }

  takeBack(superseded: Superseded): void {
    if (superseded.status !== 'cancelled') this.#count(superseded, -1);
  }

  /** Lets go of what is older than each window. Cost: what leaves. */
  expire(nowMs: number): void {
    const now = Math.floor(nowMs / MINUTE_MS);
    for (const hours of HORIZONS) {
      const gone = now - (hours * HOUR_MS) / MINUTE_MS;
      const before = this.#goneMinute.get(hours) ?? -Infinity;
      if (gone <= before) continue;
      this.#goneMinute.set(hours, gone);
      for (const [minute, happenings] of this.#minutes) {
        if (minute > gone || minute <= before) continue;
        for (const { theme, cell, count } of happenings) this.#addTotal(hours, theme, cell, -count);
      }
    }
    for (const minute of this.#minutes.keys())
      if (minute <= now - LONGEST_MINUTES) this.#minutes.delete(minute);
  }

  /** Incidents by cell within the last `hours` before the latest `expire`; cells without any are left out. */
  countsOf(hours: HorizonHours, theme: Theme): ReadonlyMap<Cell, number> {
    return this.#totals.get(hours)?.get(theme) ?? NONE;
  }

  /** Incidents in the cell within the last `hours` before the latest `expire`. */
  count(hours: HorizonHours, theme: Theme, cell: Cell): number {
    return this.#totals.get(hours)?.get(theme)?.get(cell) ?? 0;
  }

  /** The same without those whose place must stay vague: a fine cell's count may not give them away. */
  countPlaceable(hours: HorizonHours, theme: Theme, cell: Cell): number {
    const sensitive = this.#totals.get(hours)?.get(`sensitive ${theme}`)?.get(cell) ?? 0;
    return this.count(hours, theme, cell) - sensitive;
  }

  encode(): EncodedCounts {
    return [...this.#minutes].flatMap(([minute, happenings]) =>
      happenings.map(({ theme, cell, count }): EncodedCounts[number] => [minute, theme, cell, count]),
    );
  }

  static decode(encoded: EncodedCounts): RollingCounts {
    const counts = new RollingCounts();
    for (const [minute, theme, cell, count] of encoded) counts.#countTheme(minute, theme, cell, count);
    return counts;
  }

  #count(incident: Superseded, change: 1 | -1): void {
    // A day or a month is no moment: such an incident belongs to no window of hours.
    if (!isTimed(incident.timePrecision)) return;
    const minute = Math.floor(Date.parse(incident.occurredAt) / MINUTE_MS);
    for (const theme of themesOf(incident)) {
      this.#countTheme(minute, theme, incident.cell, change);
      if (isSensitive(incident)) this.#countTheme(minute, `sensitive ${theme}`, incident.cell, change);
    }
  }

  #countTheme(minute: number, theme: Counted, cell: Cell, change: number): void {
    const longest = Math.max(...HORIZONS) as HorizonHours;
    if (minute <= (this.#goneMinute.get(longest) ?? -Infinity)) return;
    const happenings = this.#minutes.get(minute) ?? [];
    if (happenings.length === 0) this.#minutes.set(minute, happenings);
    happenings.push({ theme, cell, count: change });
    for (const hours of HORIZONS) {
      if (minute > (this.#goneMinute.get(hours) ?? -Infinity)) this.#addTotal(hours, theme, cell, change);
    }
  }

  #addTotal(hours: HorizonHours, theme: Counted, cell: Cell, change: number): void {
    const themes = this.#totals.get(hours);
    if (themes === undefined) return;
    const cells = themes.get(theme) ?? new Map<Cell, number>();
    if (cells.size === 0) themes.set(theme, cells);
    const count = (cells.get(cell) ?? 0) + change;
    if (count === 0) cells.delete(cell);
    else cells.set(cell, count);
  }
}
