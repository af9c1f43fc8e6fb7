/** What the histories have counted of the last hour and a bit, so that it can be taken out of a copy. */
import type { IncidentChange, StoredIncident } from '../shared/announcement.ts';
import type { Force } from '../shared/force.ts';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import type { CountedIncident } from '../models/features/counted-incident.ts';

/** A little more than is asked for. */
const KEPT_MS = HOUR_MS + 10 * MINUTE_MS;

export class LastHour {
  #incidents = new Map<string, StoredIncident>();

  apply({ incident, superseded }: IncidentChange, nowMs: number): void {
    const key = `${incident.agency}/${incident.feed}/${incident.id}`;
    if (superseded !== undefined) this.#incidents.delete(key);
    if (incident.status === 'cancelled' || Date.parse(incident.occurredAt) <= nowMs - KEPT_MS) return;
    this.#incidents.set(key, incident);
  }

  expire(nowMs: number): void {
    for (const [key, { occurredAt }] of this.#incidents)
      if (Date.parse(occurredAt) <= nowMs - KEPT_MS) this.#incidents.delete(key);
  }

  /** A force's incidents that happened after `fromMs`. */
  since(force: Force, fromMs: number): CountedIncident[] {
    return [...this.#incidents.values()]
      .filter((incident) => incident.force === force && Date.parse(incident.occurredAt) > fromMs)
      .map((incident) => ({ ...incident, occurredAtMs: Date.parse(incident.occurredAt) }));
  }

  encode(): [string, StoredIncident][] {
    return [...this.#incidents];
  }

  decode(encoded: readonly [string, StoredIncident][]): void {
    this.#incidents = new Map(encoded);
  }
}
