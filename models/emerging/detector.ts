/** Detects emerging hotspots of one theme in one force: what the server feeds with incidents, issues and time. */
import type { AlertKind, EmergingClass } from '../../shared/alert.ts';
import type { Cell } from '../../shared/cell.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { onceInDays, scoreOnceIn, type ChanceTail } from './chance.ts';
import { cellsOf, Clusters, levelsFor, type Cluster } from './clusters.ts';
import { decodeDetector, encodeDetector, type Place } from './detector-encoding.ts';
import { advancePlace, COLD_PLACE, isForgotten, STEP_MS } from './place-class.ts';
import { Scan, type ScanOptions } from './scan.ts';

/** A cluster as an alert tells of it. Times are epoch milliseconds. */
export interface Detection {
  kind: Extract<AlertKind, 'emerging'>;
  /** Within this force and theme; never used again. */
  id: number;
  change: 'opened' | 'grown' | 'weakened' | 'reclassified' | 'closed';
  cells: Cell[];
  centre: Cell;
  /** The window in which it stood out most. */
  windowFromMs: number;
  windowToMs: number;
  observed: number;
  expected: number;
  /** The logarithm of the likelihood ratio. */
  logRatio: number;
  /** With the prior of the place: what rarity is told by. */
  score: number;
  /** Chance alone brings as much, somewhere in the whole force, once in so many days. */
  onceInDays: number;
  class: EmergingClass;
  /** Since when it has been emerging, and since when in this class. */
  sinceMs: number;
  classSinceMs: number;
}

export interface DetectorOptions extends ScanOptions {
  tail: ChanceTail;
  /** No more than one false alert in so many days is promised. */
  promisedDays: number;
}

export class EmergingDetector {
  readonly #scan: Scan;
  readonly #tail: ChanceTail;
  readonly #enter: number;
  readonly #clusters: Clusters;
  #places: Place[] = [];
  #steppedMs: number;
  /** Clusters that an incident found over; the next `tick` tells of them. */
  readonly #overdue: Cluster[] = [];

  /** Continues from `bytes` of `encode`, if given. Throws `DetectorUnreadable` for bytes of something else. */
  constructor(options: DetectorOptions, bytes?: Uint8Array) {
    this.#scan = new Scan(options);
    this.#tail = options.tail;
    this.#enter = scoreOnceIn(options.tail, options.promisedDays);
    const state = bytes === undefined ? undefined : decodeDetector(bytes, this.#scan);
    this.#places = state?.places ?? [];
    this.#steppedMs = state?.steppedMs ?? -Infinity;
    this.#clusters = new Clusters(options.grid, levelsFor(this.#enter), state?.clusters);
  }

  /** The alerts that are open. */
  get open(): Detection[] {
    return this.#clusters.open.map((cluster) => this.#tell(cluster, 'grown'));
  }

  /** Counts an incident and tells what it opens or makes stronger. Costs its neighbourhood alone. */
  add({ cell, occurredAtMs }: { cell: Cell; occurredAtMs: number }, nowMs: number): Detection | undefined {
    this.count({ cell, occurredAtMs }, nowMs);
    return this.look(cell, nowMs);
  }

  /** Tells what all that was counted opens or makes stronger around a cell. */
  look(cell: Cell, nowMs: number): Detection | undefined {
    const index = this.#scan.grid.take(cell);
    const { stay } = levelsFor(this.#enter);
    const candidate = this.#scan.strongest(index, nowMs, stay);
    if (candidate === undefined) return undefined;
    this.#overdue.push(...this.#clusters.expire(nowMs));
    const taken = this.#clusters.take(candidate, nowMs);
    if (taken === undefined) return undefined;
    const { cluster, isNew } = taken;
    if (isNew) this.#openPlace(cluster, nowMs);
    else if (cluster.peak !== candidate) return undefined;
    return this.#tell(cluster, isNew ? 'opened' : 'grown');
  }

  /** Counts an incident that was told too late for anything to be emerging by it. */
  count({ cell, occurredAtMs }: { cell: Cell; occurredAtMs: number }, nowMs: number): void {
    this.#scan.add(this.#scan.grid.take(cell), occurredAtMs, nowMs);
  }

  /** Takes back an incident that has been corrected or cancelled; tells which clusters are weaker or over without it. */
  remove({ cell, occurredAtMs }: { cell: Cell; occurredAtMs: number }, nowMs: number): Detection[] {
    const index = this.#scan.grid.indexOf(cell);
    if (index < 0) return [];
    this.#scan.remove(index, occurredAtMs, nowMs);
    return this.#clusters.open
      .filter((cluster) => cluster.cells.includes(index) && occurredAtMs > openedBy(cluster))
      .map((cluster) => this.#weighAgain(cluster, nowMs));
  }

  /** After an issue: the expectation has changed. */
  expectationChanged(): void {
    this.#scan.expectationChanged();
  }

  /** Tells, as time passes, which clusters have closed and which have come into another class; call it every minute or so. */
  tick(nowMs: number): Detection[] {
    const over = [...this.#overdue.splice(0), ...this.#clusters.expire(nowMs)];
    const told = over.map((cluster) => this.#tell(cluster, 'closed'));
    if (Math.floor(nowMs / STEP_MS) === Math.floor(this.#steppedMs / STEP_MS)) return told;
    this.#steppedMs = nowMs;
    for (const cluster of this.#clusters.open) {
      const before = this.#classOf(cluster);
      this.#step(cluster, nowMs);
      if (this.#classOf(cluster) !== before) told.push(this.#tell(cluster, 'reclassified'));
    }
    this.#forget(nowMs);
    return told;
  }

  /** Closes one, as when a person has resolved or dismissed it. */
  close(id: number): void {
    this.#clusters.close(id);
  }

  /** Everything but the expectation and the tail, for a checkpoint. */
  encode(nowMs: number): Uint8Array {
    const state = { clusters: this.#clusters.state, places: this.#places, steppedMs: this.#steppedMs };
    return encodeDetector(state, this.#scan, nowMs);
  }

  #step(cluster: Cluster, nowMs: number): void {
    const place = this.#placeOf(cluster);
    if (place === undefined) return;
    const { centre, rings } = cluster.peak;
    place.cells = cluster.cells;
    const { observed, expected } = this.#scan.countIn(place.cells, 0, nowMs) ?? { observed: 0, expected: 0 };
    const score = this.#scan.strongestWindow(centre, rings, nowMs)?.score ?? 0;
    place.state = advancePlace(place.state, { score, observed, expected }, nowMs, levelsFor(this.#enter));
  }

  #weighAgain(cluster: Cluster, nowMs: number): Detection {
    const { centre, rings } = cluster.peak;
    const left = this.#scan.strongestWindow(centre, rings, nowMs, levelsFor(this.#enter).stay);
    if (left !== undefined) {
      [cluster.peak, cluster.latest, cluster.peakMs] = [left, left, nowMs];
      return this.#tell(cluster, 'weakened');
    }
    const told = this.#tell(cluster, 'closed');
    this.#clusters.close(cluster.id);
    return told;
  }

  #openPlace(cluster: Cluster, nowMs: number): void {
    const cells = cellsOf(cluster.peak, this.#scan.grid);
    let place = this.#places.find((known) => known.cells.some((cell) => cells.includes(cell)));
    if (place === undefined) this.#places.push((place = { clusterId: 0, cells, state: COLD_PLACE }));
    place.clusterId = cluster.id;
    place.cells = cells;
    this.#step(cluster, nowMs);
  }

  /** Places without an open cluster are cold; a day later they are forgotten. */
  #forget(nowMs: number): void {
    const open = new Set(this.#clusters.open.map(({ id }) => id));
    for (const place of this.#places) {
      if (open.has(place.clusterId)) continue;
      const cold = { score: 0, observed: 0, expected: 0 };
      place.state = advancePlace(place.state, cold, nowMs, levelsFor(this.#enter));
    }
    this.#places = this.#places.filter(({ clusterId, state }) => open.has(clusterId) || !isForgotten(state));
  }

  #placeOf({ id }: Cluster): Place | undefined {
    return this.#places.find(({ clusterId }) => clusterId === id);
  }

  /** What stands out no more, and is still open, diminishes. */
  #classOf(cluster: Cluster): EmergingClass {
    return this.#placeOf(cluster)?.state.class ?? 'diminishing';
  }

  #tell(cluster: Cluster, change: Detection['change']): Detection {
    const { peak, peakMs, openedMs, id } = cluster;
    const { cells } = this.#scan.grid;
    const state = this.#placeOf(cluster)?.state;
    return {
      kind: 'emerging',
      ...{ id, change },
      cells: cellsOf(peak, this.#scan.grid).map((cell) => cells[cell] ?? ''),
      centre: cells[peak.centre] ?? '',
      windowFromMs: peakMs - peak.windowMinutes * MINUTE_MS,
      windowToMs: peakMs,
      observed: peak.observed,
      expected: peak.expected,
      logRatio: peak.logRatio,
      score: peak.score,
      onceInDays: onceInDays(this.#tail, peak.score),
      class: this.#classOf(cluster),
      sinceMs: state?.sinceMs ?? openedMs,
      classSinceMs: state?.classSinceMs ?? openedMs,
    };
  }
}

/** What happened before was in no window of it. */
function openedBy({ peak, peakMs }: Cluster): number {
  return peakMs - peak.windowMinutes * MINUTE_MS;
}
