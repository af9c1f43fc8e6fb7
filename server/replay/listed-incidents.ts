/** Which incidents were the latest: known from tallies by number and place, so that only those are read that are shown. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { incidentKey } from './incident-key.ts';
import { themeBits, type Tally } from './tally.ts';

interface Listed {
  revision: number;
  receivedMs: number;
  force: Force;
  themes: number;
  /** Where it stands, or itself. */
  at: { seq: number; index: number } | StoredIncident;
}

export class ListedIncidents {
  /** By the number that stands for the incident. */
  readonly #listed = new Map<number, Listed>();

  load(incidents: readonly StoredIncident[]): void {
    for (const incident of incidents) {
      const { revision, receivedAt, force } = incident;
      const themes = themeBits(themesOf(incident));
      const receivedMs = Date.parse(receivedAt);
      this.#add(incidentKey(incident), { revision, receivedMs, force, themes, at: incident });
    }
  }

  apply({ words, listed }: Pick<Tally, 'words' | 'listed'>): void {
    const [seqs, indexes, keys] = [listed.column('seq'), listed.column('index'), listed.column('key')];
    const [revisions, received] = [listed.column('revision'), listed.column('receivedMs')];
    const [forces, themes] = [listed.column('force'), listed.column('themes')];
    for (let row = 0; row < listed.length; row++) {
      this.#add(keys[row] ?? 0, {
        revision: revisions[row] ?? 0,
        receivedMs: received[row] ?? 0,
        force: words.forces[forces[row] ?? 0] ?? 'unassigned',
        themes: themes[row] ?? 0,
        at: { seq: seqs[row] ?? 0, index: indexes[row] ?? 0 },
      });
    }
  }

  /**
   * The newest so many of these forces and themes, received by then; with all that were received in the same
   * instant as the last of them. Those that are not at hand are given by their place.
   */
  newest(
    forces: readonly Force[],
    themes: readonly Theme[],
    most: number,
    latestMs: number,
  ): { known: StoredIncident[]; places: Map<number, number[]> } {
    const [ofForces, ofThemes] = [new Set(forces), themeBits(themes)];
    const wanted = [...this.#listed.values()].filter(
      ({ force, themes: own, receivedMs }) =>
        (own & ofThemes) !== 0 && receivedMs <= latestMs && ofForces.has(force),
    );
    wanted.sort((one, other) => other.receivedMs - one.receivedMs);
    const last = wanted[most - 1]?.receivedMs ?? -Infinity;
    const known: StoredIncident[] = [];
    const places = new Map<number, number[]>();
    for (const { receivedMs, at } of wanted) {
      if (receivedMs < last) break;
      if (!('seq' in at)) known.push(at);
      else {
        const indexes = places.get(at.seq);
        if (indexes === undefined) places.set(at.seq, [at.index]);
        else indexes.push(at.index);
      }
    }
    return { known, places };
  }

  #add(key: number, listed: Listed): void {
    const before = this.#listed.get(key);
    if (before === undefined || before.revision <= listed.revision) this.#listed.set(key, listed);
  }
}
