/** What is known of an area's past, as decayed counts that each incident updates and nothing recounts. */
import type { Cell } from '../../shared/cell.ts';
import { DAY_MS, type TimeZone } from '../../shared/time.ts';
import { Area } from './area.ts';
import { ALL, countedAtMs, feedsModel, knowsHour, THEME_GROUPS } from './counted-incident.ts';
import type { CountedIncident, IncidentGroup } from './counted-incident.ts';
import { decodeHistory, encodeHistory } from './history-encoding.ts';
import type { HistoryState } from './history-state.ts';
import { DAY_QUARTERS, growth, HALF_LIFE_DAYS, isCountedBy, LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { RHYTHM_HALF_LIFE_DAYS, SLOW_LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { Coverage } from './coverage.ts';
import { GroupCounts, type Addends } from './group-counts.ts';

// 2^500 leaves as much room below the reference as above it.
const REBASE_AFTER_DAYS = 500 * HALF_LIFE_DAYS[0];

export interface HistoryOptions {
  timeZone: TimeZone;
  /** The themes, unless said otherwise; all incidents are counted in any case. */
  groups?: readonly IncidentGroup[];
}

export class CellHistory implements HistoryState {
  readonly timeZone: TimeZone;
  readonly area = new Area();
  readonly coverage = new Coverage();
  readonly monthCoverage = new Coverage();
  referenceMs = NaN;
  readonly groups: readonly IncidentGroup[];
  readonly counts: readonly GroupCounts[];
  readonly #addends: Addends;

  constructor({ timeZone, groups = THEME_GROUPS }: HistoryOptions) {
    this.timeZone = timeZone;
    this.groups = groups.some(({ name }) => name === ALL.name) ? groups : [...groups, ALL];
    this.counts = this.groups.map(() => new GroupCounts());
    this.#addends = {
      byHalfLife: new Float64Array(HALF_LIFE_DAYS.length),
      level: { recent: 0, slow: 0, monthly: 0 },
      rhythm: 0,
      hourOfWeek: 0,
      dayQuarter: 0,
      isWeekend: false,
    };
  }

  /** In order of first appearance, which is the order of every array of features and forecasts. */
  get cells(): readonly Cell[] {
    return this.area.cells;
  }

  get size(): number {
    return this.area.size;
  }

  /** -1 for a cell that is not part of the area. */
  indexOf(cell: Cell): number {
    return this.area.indexOf(cell);
  }

  /** Counts an incident, however late; what does not feed the model is ignored. */
  add(incident: CountedIncident): void {
    this.#count(incident, 1);
  }

  /** Takes back an incident that was added and has since been corrected or cancelled; its cell stays. */
  remove(incident: CountedIncident): void {
    this.#count(incident, -1);
  }

  /** Fixes the cells: incidents elsewhere are from now on only felt by their neighbours inside. */
  closeArea(): void {
    this.area.close();
  }

  /** Throws `RangeError` for a group that is not counted here. */
  countsOf(group: string): GroupCounts {
    const counts = this.counts[this.groups.findIndex(({ name }) => name === group)];
    if (counts === undefined) throw new RangeError(`the history does not count ${group}`);
    return counts;
  }

  /** Everything, for a checkpoint; `decode` continues from it bit for bit. */
  encode(): Uint8Array {
    return encodeHistory(this);
  }

  /** Throws `HistoryUnreadable` for bytes of another version, time zone or set of groups. */
  static decode(bytes: Uint8Array, options: HistoryOptions): CellHistory {
    const history = new CellHistory(options);
    decodeHistory(bytes, history);
    return history;
  }

  #count(incident: CountedIncident, sign: 1 | -1): void {
    if (!feedsModel(incident)) return;
    const atMs = countedAtMs(incident);
    this.#cover(incident, sign);
    this.#keepReferenceNear(atMs);
    const index = this.area.take(incident.cell);
    const ring = this.area.neighboursOf(incident.cell, index);
    const addends = this.#addendsOf(incident, (atMs - this.referenceMs) / DAY_MS);
    this.groups.forEach((group, g) => {
      const counts = this.counts[g];
      if (counts === undefined) return;
      counts.extend(this.area);
      if (group.includes(incident)) counts.add(index, ring, addends, sign);
    });
  }

  #addendsOf(incident: CountedIncident, days: number): Addends {
    const addends = this.#addends;
    const isMonth = incident.timePrecision === 'month';
    HALF_LIFE_DAYS.forEach((halfLifeDays, k) => {
      const counts = isCountedBy(halfLifeDays, incident.timePrecision);
      addends.byHalfLife[k] = counts ? growth(days, halfLifeDays) : 0;
    });
    const slow = growth(days, SLOW_LEVEL_HALF_LIFE_DAYS);
    addends.level.recent = isMonth ? 0 : growth(days, LEVEL_HALF_LIFE_DAYS);
    addends.level.slow = isMonth ? 0 : slow;
    addends.level.monthly = isMonth ? slow : 0;
    addends.rhythm = knowsHour(incident) ? growth(days, RHYTHM_HALF_LIFE_DAYS) : 0;
    const { hourOfWeek, hourOfDay, isWeekend } = this.timeZone.localTime(incident.occurredAtMs);
    addends.hourOfWeek = hourOfWeek;
    addends.dayQuarter = Math.floor((hourOfDay * DAY_QUARTERS) / 24);
    addends.isWeekend = isWeekend;
    return addends;
  }

  #cover({ occurredAtMs, timePrecision }: CountedIncident, sign: 1 | -1): void {
    const coverage = timePrecision === 'month' ? this.monthCoverage : this.coverage;
    if (sign === 1) coverage.add(occurredAtMs);
    else coverage.remove(occurredAtMs);
  }

  #keepReferenceNear(atMs: number): void {
    if (Number.isNaN(this.referenceMs)) this.referenceMs = atMs;
    const days = (atMs - this.referenceMs) / DAY_MS;
    if (days <= REBASE_AFTER_DAYS) return;
    for (const counts of this.counts) counts.rebase(days);
    this.referenceMs = atMs;
  }
}
