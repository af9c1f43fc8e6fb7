/** The newest incidents of each theme, for a snapshot's ticker. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';

export class LatestIncidents {
  // A Map keeps the order of insertion: a correction moves its incident to the end, the first is the oldest.
  readonly #byTheme = new Map<Theme, Map<string, StoredIncident>>();

  /** An older revision than the one that is here changes nothing. */
  add(incident: StoredIncident): void {
    const name = `${incident.agency}/${incident.feed}/${incident.id}`;
    const known = [...this.#byTheme.values()].map((latest) => latest.get(name)?.revision ?? 0);
    if (Math.max(0, ...known) > incident.revision) return;
    for (const latest of this.#byTheme.values()) latest.delete(name);
    for (const theme of themesOf(incident)) {
      const latest = this.#byTheme.get(theme) ?? new Map<string, StoredIncident>();
      if (latest.size === 0) this.#byTheme.set(theme, latest);
      latest.set(name, incident);
      if (latest.size <= SNAPSHOT_INCIDENTS) continue;
      for (const oldest of latest.keys()) {
        latest.delete(oldest);
        break;
      }
    }
  }

  /** Newest first, each once. */
  of(forces: readonly Force[], themes: readonly Theme[]): StoredIncident[] {
    const found = new Set<StoredIncident>();
    for (const theme of themes) {
      for (const incident of this.#byTheme.get(theme)?.values() ?? []) {
        if (forces.includes(incident.force)) found.add(incident);
      }
    }
    return [...found]
      .sort((one, other) => Date.parse(other.receivedAt) - Date.parse(one.receivedAt))
      .slice(0, SNAPSHOT_INCIDENTS);
  }
}
