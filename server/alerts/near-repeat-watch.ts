/** Near-repeats of one force: where what has just happened repeats what happened nearby, more than is usual there. */
import { cellAt, neighbours } from '../../shared/cell.ts';
import { isSensitive } from '../../shared/category.ts';
import type { StoredIncident, Superseded } from '../../shared/announcement.ts';
import type { AlertFinding } from '../../shared/alert-state.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { metresBetween, type PlacedIncident } from '../../models/emerging/close-pairs.ts';
import {
  NearRepeatRisk,
  REPEATERS,
  repeatersOf,
  type RaisedRisk,
  type Repeater,
} from '../../models/emerging/near-repeat.ts';
import { feedsModel } from '../../models/features/counted-incident.ts';
import { isTimed } from '../../shared/period.ts';
import { rounded } from './emerging-finding.ts';
import { nearRepeatPriority } from './priority.ts';
import type { Pending } from './pending.ts';

/** Chance alone makes no more than so many series a day stand out, of each kind. */
const SERIES_PER_DAY = 1;
const REMEASURE_MS = DAY_MS;
const SEED = 1;
/** Where such incidents are found on the map. */
const THEME_OF: Record<Repeater, Theme> = { burglary: 'burglary', robbery: 'violence', knife: 'knife-crime' };

/** JSON, for checkpoints. */
export interface Series {
  place: string;
  repeater: Repeater;
  /** Of its latest incident. */
  lat: number;
  lon: number;
  metres: number;
  untilMs: number;
  finding: AlertFinding;
}

export class NearRepeatWatch {
  readonly #force: Force;
  readonly #risks = new Map(REPEATERS.map((repeater) => [repeater, new NearRepeatRisk(repeater)]));
  /** What is remembered: the same place and moment again is the same event. */
  readonly #known = new Set<string>();
  #series: Series[];
  #isMeasuring = false;

  constructor(force: Force, series: Series[] = []) {
    this.#force = force;
    this.#series = series;
  }

  get series(): readonly Series[] {
    return this.#series;
  }

  /** Remembers an incident of the past. */
  recall(repeater: Repeater, placed: PlacedIncident): void {
    const key = keyOf(repeater, placed);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#risks.get(repeater)?.add(placed, placed.atMs);
  }

  /** Tells of the series that the incident begins or goes on with, unless it is of the past. */
  take(incident: StoredIncident, nowMs: number, isTimely: boolean): Pending[] {
    if (!counts(incident)) return [];
    const placed = { lat: incident.lat, lon: incident.lon, atMs: Date.parse(incident.occurredAt) };
    return repeatersOf(incident).flatMap((repeater) => {
      if (this.#known.has(keyOf(repeater, placed))) return [];
      this.recall(repeater, placed);
      return isTimely ? this.#seriesAt(repeater, placed, nowMs) : [];
    });
  }

  /** Takes back what a correction or cancellation supersedes, where that was at the same place: else the next start leaves it out. */
  remove(superseded: Superseded, { lat, lon }: Pick<StoredIncident, 'lat' | 'lon'>): void {
    if (!counts(superseded)) return;
    const placed = { lat, lon, atMs: Date.parse(superseded.occurredAt) };
    for (const repeater of repeatersOf(superseded)) {
      if (this.#known.delete(keyOf(repeater, placed))) this.#risks.get(repeater)?.remove(placed);
    }
  }

  /** Tells which series are over. */
  tick(nowMs: number): Pending[] {
    const over = this.#series.filter(({ untilMs }) => untilMs <= nowMs);
    if (over.length > 0) this.#series = this.#series.filter(({ untilMs }) => untilMs > nowMs);
    return over.map((series) =>
      this.#pending({ ...series, finding: { ...series.finding, over: true } }, false, nowMs),
    );
  }

  /** Whether the data are to be looked at again, to see how they repeat. */
  needsMeasuring(nowMs: number): boolean {
    return (
      !this.#isMeasuring &&
      [...this.#risks.values()].some(
        ({ measured }) => nowMs - (measured?.measuredMs ?? -Infinity) > REMEASURE_MS,
      )
    );
  }

  async measure(nowMs: number, giveWay: () => Promise<void>): Promise<void> {
    this.#isMeasuring = true;
    try {
      for (const risk of this.#risks.values()) {
        const slices = risk.measureSlices(nowMs, SEED);
        while (slices.next().done !== true) await giveWay();
      }
    } finally {
      this.#isMeasuring = false;
    }
  }

  #seriesAt(repeater: Repeater, placed: PlacedIncident, nowMs: number): Pending[] {
    const risk = this.#risks.get(repeater);
    const raised = risk?.riskAfter(placed, nowMs);
    const before = risk?.seriesBefore(placed);
    if (risk === undefined || raised === undefined || before === undefined || before.earlier < 1) return [];
    const standing = this.#series.find(
      (series) => series.repeater === repeater && metresBetween(series, placed) < series.metres,
    );
    const isRare =
      atLeast(before.earlier, before.usual) <= SERIES_PER_DAY / Math.max(risk.perDay, SERIES_PER_DAY);
    if (standing === undefined && !isRare) return [];
    const cell = cellAt(placed.lat, placed.lon);
    const series: Series = {
      place: standing?.place ?? `near-repeat:${this.#force}:${repeater}:${cell}:${placed.atMs}`,
      ...{ repeater, lat: placed.lat, lon: placed.lon, metres: raised.metres },
      untilMs: placed.atMs + before.days * DAY_MS,
      finding: findingOf(repeater, placed, raised, before, standing?.finding.since),
    };
    this.#series = [...this.#series.filter((one) => one !== standing), series];
    return [this.#pending(series, standing === undefined, nowMs)];
  }

  #pending({ place, finding }: Series, raises: boolean, nowMs: number): Pending {
    const priority = nearRepeatPriority(finding.nearRepeat?.riseInterval[0] ?? 1);
    return { force: this.#force, place, priority, finding, sensitive: false, raises, nowMs };
  }
}

function findingOf(
  repeater: Repeater,
  placed: PlacedIncident,
  { metres, rise, lower, upper }: RaisedRisk,
  { earlier, usual, days }: { earlier: number; usual: number; days: number },
  since?: string,
): AlertFinding {
  const cell = cellAt(placed.lat, placed.lon);
  const to = formatInstant(placed.atMs);
  return {
    ...{ kind: 'near-repeat', class: null, since: since ?? to, theme: THEME_OF[repeater] },
    cells: [cell, ...neighbours(cell)],
    window: { from: formatInstant(placed.atMs - days * DAY_MS), to },
    ...{ observed: earlier + 1, expected: rounded(usual), likelihoodRatio: null, onceInDays: null },
    nearRepeat: {
      ...{ distanceMetres: metres, days, rise: rounded(rise) },
      riseInterval: [rounded(lower), rounded(upper)],
    },
    ...{ rule: null, over: false },
  };
}

/** What feeds the model, has an hour and may be placed finely. */
function counts(incident: Superseded): boolean {
  return (
    incident.status !== 'cancelled' &&
    feedsModel(incident) &&
    isTimed(incident.timePrecision) &&
    !isSensitive(incident)
  );
}

function keyOf(repeater: Repeater, { lat, lon, atMs }: PlacedIncident): string {
  return `${repeater} ${lat} ${lon} ${atMs}`;
}

/** How likely chance brings so many or more (Poisson). */
function atLeast(count: number, mean: number): number {
  let [term, below] = [Math.exp(-mean), 0];
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
