/** The newest incidents of each force and theme, for a snapshot's ticker. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { insertNewest, newestFirst } from '../../shared/latest-incidents.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';

/** A snapshot's, and as many again: what corrections take out of a force's list seldom shortens a snapshot's. */
const KEPT = 2 * SNAPSHOT_INCIDENTS;

interface Listed {
  incident: StoredIncident;
  /** How many lists have it. */
  lists: number;
}

export class LatestIncidents {
  /** By force and theme, newest first. */
  readonly #lists = new Map<string, StoredIncident[]>();
  readonly #listed = new Map<string, Listed>();
  /** By force and theme, the newest that the list let go: after it all are known, before it there may be holes. */
  readonly #letGo = new Map<string, StoredIncident>();

  /** An older revision than the one that is here changes nothing. */
  add(incident: StoredIncident): void {
    const name = nameOf(incident);
    const before = this.#listed.get(name)?.incident;
    if (before !== undefined) {
      if (before.revision > incident.revision) return;
      this.#remove(name, before);
    }
    let lists = 0;
    for (const theme of themesOf(incident)) {
      const list = this.#listOf(incident.force, theme);
      const dropped = insertNewest(list, incident, KEPT);
      if (dropped !== incident) lists++;
      if (dropped === undefined) continue;
      this.#noteLetGo(`${incident.force}|${theme}`, dropped);
      if (dropped !== incident) this.#forget(dropped);
    }
    if (lists > 0) this.#listed.set(name, { incident, lists });
  }

  /**
   * Newest first, each once, with none left out in between: fewer than a snapshot's where corrections took more out
   * of a list than it had to spare.
   */
  of(forces: readonly Force[], themes: readonly Theme[]): StoredIncident[] {
    const found = new Set<StoredIncident>();
    for (const force of forces) {
      for (const theme of themes) {
        for (const incident of this.#lists.get(`${force}|${theme}`) ?? []) found.add(incident);
      }
    }
    const listed = [...found].sort(newestFirst).slice(0, SNAPSHOT_INCIDENTS);
    const letGo = this.letGo(forces, themes);
    return letGo === undefined ? listed : listed.filter((incident) => newestFirst(incident, letGo) < 0);
  }

  /** All that the lists of a force have, in no order. */
  all(force: Force): StoredIncident[] {
    return [...this.#listed.values()]
      .map(({ incident }) => incident)
      .filter((incident) => incident.force === force);
  }

  /** The newest of these that a list let go to stay within its limit. */
  letGo(forces: readonly Force[], themes: readonly Theme[]): StoredIncident | undefined {
    const all = forces.flatMap((force) =>
      themes.flatMap((theme) => this.#letGo.get(`${force}|${theme}`) ?? []),
    );
    return all.sort(newestFirst)[0];
  }

  /** Forgets what was received after `latest`, an instant as text: a recording that starts over goes back before it. */
  forgetAfter(latest: string): void {
    for (const list of this.#lists.values()) {
      for (let [newest] = list; newest !== undefined && newest.receivedAt > latest; [newest] = list) {
        list.shift();
        this.#forget(newest);
      }
    }
    for (const [key, { receivedAt }] of this.#letGo) if (receivedAt > latest) this.#letGo.delete(key);
  }

  #noteLetGo(key: string, incident: StoredIncident): void {
    const before = this.#letGo.get(key);
    if (before === undefined || newestFirst(incident, before) < 0) this.#letGo.set(key, incident);
  }

  #listOf(force: Force, theme: Theme): StoredIncident[] {
    const key = `${force}|${theme}`;
    let list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, (list = []));
    return list;
  }

  #remove(name: string, incident: StoredIncident): void {
    this.#listed.delete(name);
    for (const theme of themesOf(incident)) {
      const list = this.#listOf(incident.force, theme);
      const index = list.indexOf(incident);
      if (index >= 0) list.splice(index, 1);
    }
  }

  #forget(incident: StoredIncident): void {
    const name = nameOf(incident);
    const listed = this.#listed.get(name);
    if (listed?.incident !== incident) return;
    listed.lists--;
    if (listed.lists === 0) this.#listed.delete(name);
  }
}

function nameOf({ agency, feed, id }: StoredIncident): string {
  return `${agency}/${feed}/${id}`;
}
