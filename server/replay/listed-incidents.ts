/** Which incidents were the latest: known from tallies by number and place, so that only those are read that are shown. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { incidentKey } from './incident-key.ts';
import { themeBits, type Tally } from './tally.ts';

type Told = Pick<Tally, 'words' | 'listed'>;

export interface Wanted {
  forces: readonly Force[];
  themes: readonly Theme[];
  /** So many, and all that were received in the same instant as the last of them. */
  most: number;
  /** None that was received later. */
  latestMs: number;
}

export interface Newest {
  /** Those that are at hand, */
  known: StoredIncident[];
  /** and where the others stand: their places in messages, by seq. */
  places: Map<number, number[]>;
}

interface Found {
  receivedMs: number;
  at: StoredIncident | { seq: number; index: number };
}

/**
 * The newest: of each incident its latest revision, and none where that is elsewhere by now. What was told is gone over
 * from its end, and no further back than it may hold one of them.
 */
export function newestListed(kept: readonly StoredIncident[], told: readonly Told[], wanted: Wanted): Newest {
  const search = new Search(wanted);
  for (const tally of told.toReversed()) search.look(tally);
  search.lookAmong(kept);
  return search.newest();
}

class Search {
  readonly #wanted: Wanted;
  readonly #forces: ReadonlySet<Force>;
  readonly #themes: number;
  /** By the number that stands for the incident, the revision that counts. */
  readonly #revisions = new Map<number, number>();
  #found = new Map<number, Found>();
  /** What was received earlier is none of them. */
  #leastMs = -Infinity;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.#forces = new Set(wanted.forces);
    this.#themes = themeBits(wanted.themes);
  }

  look({ words, listed }: Told): void {
    const received = listed.column('receivedMs');
    if (!this.#mayHold(received, listed.length)) return;
    const [keys, revisions] = [listed.column('key'), listed.column('revision')];
    const [seqs, indexes] = [listed.column('seq'), listed.column('index')];
    const [forces, themes] = [listed.column('force'), listed.column('themes')];
    for (let row = listed.length - 1; row >= 0; row--) {
      const force = words.forces[forces[row] ?? 0] ?? 'unassigned';
      const isWanted = ((themes[row] ?? 0) & this.#themes) !== 0 && this.#forces.has(force);
      this.#take(keys[row] ?? 0, revisions[row] ?? 0, isWanted, {
        receivedMs: received[row] ?? 0,
        at: { seq: seqs[row] ?? 0, index: indexes[row] ?? 0 },
      });
    }
    this.#drop();
  }

  lookAmong(kept: readonly StoredIncident[]): void {
    const least = this.#leastMs === -Infinity ? '' : formatInstant(this.#leastMs);
    for (const incident of kept) {
      if (incident.receivedAt < least) continue;
      const isWanted =
        (themeBits(themesOf(incident)) & this.#themes) !== 0 && this.#forces.has(incident.force);
      const receivedMs = Date.parse(incident.receivedAt);
      this.#take(incidentKey(incident), incident.revision, isWanted, { receivedMs, at: incident });
    }
    this.#drop();
  }

  newest(): Newest {
    const known: StoredIncident[] = [];
    const places = new Map<number, number[]>();
    for (const { at } of this.#found.values()) {
      if (!('seq' in at)) known.push(at);
      else {
        const indexes = places.get(at.seq);
        if (indexes === undefined) places.set(at.seq, [at.index]);
        else indexes.push(at.index);
      }
    }
    return { known, places };
  }

  /** Whether anything in it is new enough. */
  #mayHold(received: ArrayLike<number>, length: number): boolean {
    if (this.#leastMs === -Infinity) return true;
    for (let row = 0; row < length; row++) if ((received[row] ?? 0) >= this.#leastMs) return true;
    return false;
  }

  #take(key: number, revision: number, isWanted: boolean, found: Found): void {
    const later = this.#revisions.get(key);
    if (later !== undefined && later >= revision) return;
    this.#revisions.set(key, revision);
    if (isWanted && found.receivedMs <= this.#wanted.latestMs) this.#found.set(key, found);
    else this.#found.delete(key);
  }

  /** Lets go of all but the newest. */
  #drop(): void {
    const { most } = this.#wanted;
    if (this.#found.size < most) return;
    const newest = [...this.#found].sort(([, one], [, other]) => other.receivedMs - one.receivedMs);
    this.#leastMs = newest[most - 1]?.[1].receivedMs ?? -Infinity;
    this.#found = new Map(newest.filter(([, { receivedMs }]) => receivedMs >= this.#leastMs));
  }
}
