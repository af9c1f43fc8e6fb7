/** How well forecasts of many windows foretold what came: hit rate, PAI, PEI, information gain, calibration. */
import { AREA_SHARES, choose, ranked, shuffled } from './ranking.ts';

export interface ShareScore {
  /** The share aimed at, and the one that whole cells really filled. */
  share: number;
  areaShare: number;
  /** Share of the incidents inside the chosen cells, pooled over windows. */
  hitRate: number;
  /** Hit rate ÷ area share (Chainey, Tompson & Uhlig 2008). */
  pai: number;
  /** PAI ÷ the best that any choice of so much area could have had (Hunt 2016). */
  pei: number;
}

export interface Scores {
  /**
   * Nats per incident: Σ (n log λ − λ) / Σ n over all cells and windows, less that of a uniform map with the same
   * hour-of-week curve; NaN without incidents. -Infinity where an incident came where none was thought possible.
   */
  informationGain: number;
  /** Incidents that were expected, and that came. */
  expected: number;
  observed: number;
  byAreaShare: ShareScore[];
}

/** Adds up window after window; all windows have the same cells. */
export class Scorer {
  readonly #areas: Float64Array;
  readonly #shuffle: Uint32Array;
  readonly #hits = AREA_SHARES.map((share) => ({ share, area: 0, hits: 0, bestHits: 0 }));
  #windows = 0;
  #expected = 0;
  #observed = 0;
  #gain = 0;

  /** `areas` of the cells, in any one unit. */
  constructor(areas: Float64Array) {
    this.#areas = areas;
    this.#shuffle = shuffled(areas.length);
  }

  /** `uniform` is what the uniform map expects in each cell. */
  add(expected: ArrayLike<number>, observed: Uint16Array, uniform: number): void {
    this.#windows++;
    observed.forEach((count, cell) => {
      const mean = expected[cell] ?? 0;
      this.#expected += mean;
      this.#observed += count;
      this.#gain -= mean - uniform;
      if (count > 0) this.#gain += count * Math.log(mean / uniform);
    });
    const order = ranked(expected, this.#shuffle);
    const best = ranked(observed, this.#shuffle);
    choose(order, this.#areas).forEach(({ cells, areaShare }, s) => {
      const sums = this.#hits[s];
      if (sums === undefined) return;
      sums.area += areaShare;
      sums.hits += incidentsIn(order.subarray(0, cells), observed);
      sums.bestHits += incidentsIn(best.subarray(0, cells), observed);
    });
  }

  scores(): Scores {
    const incidents = this.#observed;
    return {
      informationGain: this.#gain / incidents,
      expected: this.#expected,
      observed: incidents,
      byAreaShare: this.#hits.map(({ share, area, hits, bestHits }) => {
        const areaShare = area / this.#windows;
        const hitRate = hits / incidents;
        return { share, areaShare, hitRate, pai: hitRate / areaShare, pei: hits / bestHits };
      }),
    };
  }
}

function incidentsIn(cells: Uint32Array, observed: Uint16Array): number {
  return cells.reduce((sum, cell) => sum + (observed[cell] ?? 0), 0);
}
