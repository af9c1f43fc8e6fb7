/** Goes through the past window by window, so that each is forecast from what was known when it began. */
import type { CellHistory } from './features/cell-history.ts';
import { feedsModel, type CountedIncident } from './features/counted-incident.ts';
import type { IncidentGroup, KnownIncident } from './features/counted-incident.ts';
import type { TimeZone } from '../shared/time.ts';
import type { Span } from './forecast-windows.ts';

/**
 * In the order in which a history learns of them. Where only the day or the month is known, an incident counts
 * as known at the end of it: stamped at its beginning, it would be known before it happened.
 */
export function inKnownOrder(incidents: readonly KnownIncident[], timeZone: TimeZone): KnownIncident[] {
  return incidents
    .map((incident) => ({
      ...incident,
      knownAtMs: Math.max(incident.knownAtMs, lastInstant(incident, timeZone)),
    }))
    .sort((a, b) => a.knownAtMs - b.knownAtMs || a.occurredAtMs - b.occurredAtMs);
}

function lastInstant({ occurredAtMs, timePrecision }: CountedIncident, timeZone: TimeZone): number {
  if (timePrecision === 'minute' || timePrecision === 'hour') return occurredAtMs;
  const local = new Date(occurredAtMs + timeZone.offsetMs(occurredAtMs));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const after = timePrecision === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1);
  return after - timeZone.offsetMs(after) - 1;
}

/** Feeds a history from incidents in known order, each only once the walk has passed its known-at. */
export class Walk {
  readonly history: CellHistory;
  readonly #incidents: readonly KnownIncident[];
  #next = 0;

  constructor(history: CellHistory, incidents: readonly KnownIncident[]) {
    this.history = history;
    this.#incidents = incidents;
  }

  /** Tells the history all that became known before the instant. */
  advance(untilMs: number): void {
    for (;;) {
      const incident = this.#incidents[this.#next];
      if (incident === undefined || incident.knownAtMs >= untilMs) return;
      this.history.add(incident);
      this.#next++;
    }
  }
}

/** What came of each window: incidents of one group that happened in it, however late they became known. */
export class Outcomes {
  readonly #incidents: readonly KnownIncident[];

  constructor(incidents: readonly KnownIncident[], group: IncidentGroup) {
    this.#incidents = incidents
      .filter((incident) => feedsModel(incident) && group.includes(incident))
      .sort((a, b) => a.occurredAtMs - b.occurredAtMs);
  }

  /** Counts per cell of `history`, and how many happened outside its area; of those known before `knownByMs`. */
  countIn(
    { fromMs, toMs }: Span,
    history: CellHistory,
    knownByMs = Infinity,
  ): { counts: Uint16Array; outside: number } {
    const counts = new Uint16Array(history.size);
    let outside = 0;
    for (let i = this.#firstFrom(fromMs); i < this.#incidents.length; i++) {
      const incident = this.#incidents[i];
      if (incident === undefined || incident.occurredAtMs >= toMs) break;
      if (incident.knownAtMs >= knownByMs) continue;
      const index = history.indexOf(incident.cell);
      if (index < 0) outside++;
      else counts[index] = (counts[index] ?? 0) + 1;
    }
    return { counts, outside };
  }

  #firstFrom(fromMs: number): number {
    let low = 0;
    let high = this.#incidents.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#incidents[middle]?.occurredAtMs ?? 0) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
