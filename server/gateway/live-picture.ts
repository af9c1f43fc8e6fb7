/** What every wall shows at one seq of LIVE: a fold over the announcements, so that a snapshot is exact. */
import { isOpen } from '../../shared/alert-state.ts';
import type {
  AlertChanged,
  Announcement,
  HotspotsRanked,
  IncidentChange,
  StoredIncident,
  Superseded,
} from '../../shared/announcement.ts';
import { coarseCell } from '../../shared/cell.ts';
import { isSensitive } from '../../shared/category.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { harmOf } from '../../shared/harm.ts';
import type { Origin } from '../../shared/incident.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { isTimed, periodOf } from '../../shared/period.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { CountTable } from './count-table.ts';
import { FeedsByForce } from './feeds-by-force.ts';
import { LatestIncidents } from './latest-incidents.ts';
import { PeriodTable } from './period-table.ts';

/** How finely counts are kept apart: for the cleared, for all others, and for partners. */
export type View = 'cleared' | 'guarded' | 'coarse';
const VIEWS: readonly View[] = ['cleared', 'guarded', 'coarse'];

export class LivePicture {
  seq = 0;
  /** In which days and months are told apart. */
  readonly timeZone: TimeZone;
  readonly latest = new LatestIncidents();
  readonly feeds = new Map<string, FeedState>();
  readonly feedsByForce = new FeedsByForce();
  readonly #counts = new Map<View, CountTable>(VIEWS.map((view) => [view, new CountTable()]));
  readonly #periods: ReadonlyMap<View, PeriodTable>;
  readonly #hotspots = new Map<string, HotspotsRanked>();
  /** Those that are open, by id. */
  readonly #alerts = new Map<string, AlertChanged>();
  /** By force, theme and origin, when the last incident was received. */
  readonly #origins = new Map<string, Map<Origin, number>>();
  #prunedStep = 0;

  constructor(timeZone: TimeZone) {
    this.timeZone = timeZone;
    this.#periods = new Map(VIEWS.map((view) => [view, new PeriodTable(timeZone)]));
  }

  counts(view: View): CountTable {
    return tableOf(this.#counts, view);
  }

  /** What is counted by the day or month, as nothing finer is known. */
  periods(view: View): PeriodTable {
    return tableOf(this.#periods, view);
  }

  hotspots(forces: readonly Force[], themes: readonly Theme[], horizonHours: HorizonHours): HotspotsRanked[] {
    return forces
      .flatMap((force) => themes.map((theme) => this.#hotspots.get(`${force}|${theme}|${horizonHours}`)))
      .filter((ranked) => ranked !== undefined);
  }

  /**
   * Origins of these forces' and themes' incidents, of the day before `nowMs` or before the newest: at a week a
   * second what is shown lies days behind the clock, and must not lose its mark. Also of a day or month that is shown.
   */
  origins(forces: readonly Force[], themes: readonly Theme[], nowMs: number): Origin[] {
    const seen = forces.flatMap((force) =>
      themes.flatMap((theme) => [...(this.#origins.get(`${force}|${theme}`) ?? [])]),
    );
    const endMs = seen.reduce((latest, [, lastMs]) => Math.max(latest, lastMs), -Infinity);
    const fromMs = Math.min(nowMs, endMs) - DAY_MS;
    const recent = seen.filter(([, lastMs]) => lastMs > fromMs).map(([origin]) => origin);
    return [...new Set([...recent, ...this.periods('coarse').origins(forces, themes)])];
  }

  /** An incident of this origin was received then. */
  noteOrigin(force: Force, theme: Theme, origin: Origin, receivedMs: number): void {
    const key = `${force}|${theme}`;
    const origins = this.#origins.get(key) ?? new Map<Origin, number>();
    this.#origins.set(key, origins);
    origins.set(origin, Math.max(origins.get(origin) ?? 0, receivedMs));
  }

  /** Of these, when an incident of each origin was last received. */
  originsNoted(force: Force, theme: Theme): [origin: Origin, lastMs: number][] {
    return [...(this.#origins.get(`${force}|${theme}`) ?? [])];
  }

  /** Oldest first. */
  openAlerts(forces: readonly Force[]): AlertChanged[] {
    return [...this.#alerts.values()].filter(({ force }) => forces.includes(force));
  }

  apply(announcement: Announcement): void {
    switch (announcement.type) {
      case 'incidents.stored':
        for (const change of announcement.changes) this.change(change);
        break;
      case 'hotspots.ranked': {
        const { force, theme, horizonHours } = announcement;
        this.#hotspots.set(`${force}|${theme}|${horizonHours}`, announcement);
        break;
      }
      case 'feeds.changed':
        this.feeds.set(`${announcement.feed.agency}/${announcement.feed.feed}`, announcement.feed);
        break;
      // Asked for over HTTP: no part of the picture.
      case 'forecasts.issued':
      case 'tasking.changed':
      case 'action.changed':
        break;
      case 'alert.changed':
        this.#alertChanged(announcement);
        break;
    }
  }

  change({ incident, superseded }: IncidentChange): void {
    if (superseded !== undefined && superseded.status !== 'cancelled') this.#count(superseded, -1);
    if (incident.status !== 'cancelled') this.#count(incident, 1);
    this.latest.add(incident);
    this.feedsByForce.tell(incident, Date.parse(incident.occurredAt));
    const receivedMs = Date.parse(incident.receivedAt);
    for (const theme of themesOf(incident))
      this.noteOrigin(incident.force, theme, incident.origin, receivedMs);
  }

  /** Forgets counts older than a day, days and months no longer shown, and incidents from after the present. */
  prune(nowMs: number): void {
    this.latest.forgetAfter(formatInstant(nowMs + HOUR_MS));
    const step = Math.floor((nowMs - DAY_MS) / COUNT_STEP_MS);
    if (step === this.#prunedStep) return;
    this.#prunedStep = step;
    for (const table of this.#counts.values()) table.prune(step);
    this.feedsByForce.prune(nowMs);
    for (const table of this.#periods.values()) table.prune(nowMs);
  }

  /** A picture read from the database may know more already than LIVE tells next. */
  #alertChanged(changed: AlertChanged): void {
    const { alert } = changed;
    if ((this.#alerts.get(alert.id)?.alert.revision ?? 0) > alert.revision) return;
    if (isOpen(alert)) this.#alerts.set(alert.id, changed);
    else this.#alerts.delete(alert.id);
  }

  #count(incident: StoredIncident | Superseded, change: 1 | -1): void {
    const { force } = incident;
    const themes = themesOf(incident);
    const period = periodOf(incident, this.timeZone);
    const step = countStep(incident);
    const harm = harmOf(incident);
    for (const view of VIEWS) {
      const cell =
        view === 'cleared' || (view === 'guarded' && !isSensitive(incident))
          ? incident.cell
          : coarseCell(incident.cell);
      if (period !== undefined) {
        const origin = 'origin' in incident ? incident.origin : undefined;
        this.periods(view).add({ force, period, themes, cell, origin }, change);
      } else if (step !== undefined && step >= this.#prunedStep) {
        for (const theme of themes) this.counts(view).add(force, theme, cell, step, change, change * harm);
      }
    }
  }
}

function tableOf<Table>(tables: ReadonlyMap<View, Table>, view: View): Table {
  const table = tables.get(view);
  if (table === undefined) throw new RangeError(`no such view: ${view}`);
  return table;
}

/** The quarter of an hour in which it happened; none where only its day or month is known. */
export function countStep(
  incident: Pick<StoredIncident, 'occurredAt' | 'timePrecision'>,
): number | undefined {
  if (!isTimed(incident.timePrecision)) return undefined;
  return Math.floor(Date.parse(incident.occurredAt) / COUNT_STEP_MS);
}
