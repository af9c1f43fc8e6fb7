/** Which detections are one and the same cluster: overlapping candidates, one incident after the other. */
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { Candidate } from './scan.ts';
import type { ScanGrid } from './scan-grid.ts';
import { CELLS_WITHIN } from './scan-windows.ts';

/** A cluster of incidents from when it stood out first. */
export interface Cluster {
  /** Rises with each cluster; never used again. */
  id: number;
  /** Its strongest candidate so far. */
  peak: Candidate;
  /** When the peak was reached. */
  peakMs: number;
  /** The latest candidate that touched it. */
  latest: Candidate;
  /** All cells that its peaks have covered: one that moves on leaves no second alert behind. */
  cells: number[];
  openedMs: number;
  /** When a candidate last held it up. */
  upheldMs: number;
}

export interface ClusterLevels {
  /** A candidate opens a cluster at this score, */
  enter: number;
  /** and holds one up that is open above this one, so that what wavers around the first is one cluster. */
  stay: number;
}

/** Of the score at which a cluster opens. */
const STAY_SHARE = 0.6;
/** However short its window, a cluster stays open for so long after it was last held up. */
const SHORTEST_STAY_MS = 2 * HOUR_MS;

export function levelsFor(enter: number): ClusterLevels {
  return { enter, stay: enter * STAY_SHARE };
}

/** The cells of a candidate, as indices in the grid. */
export function cellsOf({ centre, rings }: Pick<Candidate, 'centre' | 'rings'>, grid: ScanGrid): number[] {
  return Array.from(grid.disk(centre).subarray(0, CELLS_WITHIN[rings])).filter((cell) => cell >= 0);
}

export interface ClusterState {
  nextId: number;
  open: Cluster[];
}

export class Clusters {
  readonly #grid: ScanGrid;
  readonly #levels: ClusterLevels;
  #open: Cluster[];
  #nextId: number;

  constructor(grid: ScanGrid, levels: ClusterLevels, state?: ClusterState) {
    this.#grid = grid;
    this.#levels = levels;
    this.#nextId = state?.nextId ?? 1;
    this.#open = state?.open ?? [];
  }

  get open(): readonly Cluster[] {
    return this.#open;
  }

  get state(): ClusterState {
    return { nextId: this.#nextId, open: this.#open };
  }

  /**
   * Takes a candidate in: a new cluster where none is open that shares a cell with it, else that cluster grows with it,
   * the strongest of several. `undefined` where it is too weak for either.
   */
  take(candidate: Candidate, nowMs: number): { cluster: Cluster; isNew: boolean } | undefined {
    if (candidate.score < this.#levels.stay) return undefined;
    const cells = cellsOf(candidate, this.#grid);
    const cluster = this.#open
      .filter((open) => cells.some((cell) => open.cells.includes(cell)))
      .sort((one, other) => other.peak.score - one.peak.score)[0];
    if (cluster === undefined) {
      if (candidate.score < this.#levels.enter) return undefined;
      const candidates = { peak: candidate, latest: candidate, cells };
      const opened = { id: this.#nextId++, ...candidates, peakMs: nowMs, openedMs: nowMs, upheldMs: nowMs };
      this.#open.push(opened);
      return { cluster: opened, isNew: true };
    }
    cluster.latest = candidate;
    cluster.upheldMs = nowMs;
    if (candidate.score > cluster.peak.score) {
      [cluster.peak, cluster.peakMs] = [candidate, nowMs];
      cluster.cells = [...new Set([...cluster.cells, ...cells])];
    }
    return { cluster, isNew: false };
  }

  /** Closes those that nothing has held up for as long as their window, and returns them. */
  expire(nowMs: number): Cluster[] {
    const over = this.#open.filter((cluster) => nowMs > closesMs(cluster));
    if (over.length > 0) this.#open = this.#open.filter((cluster) => nowMs <= closesMs(cluster));
    return over;
  }

  /** Closes one, as when a person has resolved it: what goes on there opens a new one. */
  close(id: number): void {
    this.#open = this.#open.filter((cluster) => cluster.id !== id);
  }
}

function closesMs({ upheldMs, peak }: Cluster): number {
  return upheldMs + Math.max(SHORTEST_STAY_MS, peak.windowMinutes * MINUTE_MS);
}
