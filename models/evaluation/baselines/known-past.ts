/** What baselines are given of the past: the columns end where the future begins, so none of them can peek. */
import { countedAtMs, feedsModel } from '../../features/counted-incident.ts';
import type { IncidentGroup, KnownIncident } from '../../features/counted-incident.ts';
import { cellCentre, type Cell } from '../../../shared/cell.ts';
import type { Ground } from './ground.ts';

/** Incidents of one group, one per entry, in the order in which they became known. */
export interface KnownPast {
  readonly count: number;
  /** Index of the cell; -1 outside the area. */
  readonly cell: Int32Array;
  /** On the ground's plane; the centre of the cell where no place is known. */
  readonly eastMetres: Float64Array;
  readonly northMetres: Float64Array;
  /** When it happened; of a day or a month, the middle. */
  readonly atMs: Float64Array;
}

export class PastOfGroup {
  readonly #knownAtMs: Float64Array;
  readonly #all: KnownPast;

  /** `incidents` in known order; `indexOf` is the area's. */
  constructor(
    incidents: readonly KnownIncident[],
    group: IncidentGroup,
    ground: Ground,
    indexOf: (cell: Cell) => number,
  ) {
    const own = incidents.filter((incident) => feedsModel(incident) && group.includes(incident));
    const places = own.map(({ cell, place }) => place ?? cellCentre(cell));
    this.#knownAtMs = Float64Array.from(own, ({ knownAtMs }) => knownAtMs);
    this.#all = {
      count: own.length,
      cell: Int32Array.from(own, ({ cell }) => indexOf(cell)),
      eastMetres: Float64Array.from(places, (place) => ground.eastOf(place)),
      northMetres: Float64Array.from(places, (place) => ground.northOf(place)),
      atMs: Float64Array.from(own, countedAtMs),
    };
  }

  /** What became known before the instant. */
  before(instantMs: number): KnownPast {
    const count = this.#countBefore(instantMs);
    const { cell, eastMetres, northMetres, atMs } = this.#all;
    return {
      count,
      cell: cell.subarray(0, count),
      eastMetres: eastMetres.subarray(0, count),
      northMetres: northMetres.subarray(0, count),
      atMs: atMs.subarray(0, count),
    };
  }

  #countBefore(instantMs: number): number {
    let [low, high] = [0, this.#knownAtMs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#knownAtMs[middle] ?? 0) < instantMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
