/** How well a method foretold what came: hit rate, PAI, PEI, information gain and likelihood, added up day by day. */
import type { BlockSums } from './bootstrap.ts';
import { AREA_SHARES, choose, ranked, shuffled } from './ranking.ts';

/** Shares of the area at which hits are counted: those that are reported, and what a curve needs between them. */
export const CURVE_SHARES: readonly number[] = [
  0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5,
  0.7, 1,
];

/** One window as it turned out. */
export interface Outcome {
  /** Which day of the test it belongs to. */
  block: number;
  /** Per cell. */
  observed: Uint16Array;
  /** What the uniform map with the same hour-of-week curve expects in each cell. */
  uniform: number;
  /** Per share of the curve: the most incidents that any choice of so much area could have held. */
  bestHits: Float64Array;
}

const [EXPECTED, OBSERVED, GAIN, LIKELIHOOD, WINDOWS, FIRST_SHARE] = [0, 1, 2, 3, 4, 5];
/** Per share: area chosen, hits, best hits. */
const PER_SHARE = 3;
const WIDTH = FIRST_SHARE + PER_SHARE * CURVE_SHARES.length;

/** What all methods of a backtest are scored on: the same cells, the same ties. */
export class ScoringGround {
  readonly areas: Float64Array;
  readonly #shuffle: Uint32Array;

  /** `areas` of the cells, in any one unit. */
  constructor(areas: Float64Array) {
    this.areas = areas;
    this.#shuffle = shuffled(areas.length);
  }

  /** The cells from the one where most is expected to the one where least is. */
  ranked(scores: ArrayLike<number>): Uint32Array {
    return ranked(scores, this.#shuffle);
  }

  /** Those that are ranked within a share of the area. */
  highest(scores: ArrayLike<number>, share: number): Uint32Array {
    const order = this.ranked(scores);
    const [chosen] = choose(order, this.areas, [share]);
    return order.subarray(0, chosen?.cells);
  }

  outcome(block: number, observed: Uint16Array, uniform: number): Outcome {
    const bestHits = hitsByShare(this.ranked(observed), this.areas, observed).map(({ hits }) => hits);
    return { block, observed, uniform, bestHits: Float64Array.from(bestHits) };
  }
}

/** Adds up one method's windows. */
export class Scorer {
  readonly sums: BlockSums;
  readonly #ground: ScoringGround;

  constructor(ground: ScoringGround, blocks: number) {
    this.#ground = ground;
    this.sums = Array.from({ length: blocks }, () => new Float64Array(WIDTH));
  }

  add(expected: ArrayLike<number>, { block, observed, uniform, bestHits }: Outcome): void {
    const sums = this.sums[block];
    if (sums === undefined) throw new RangeError(`there is no block ${String(block)}`);
    let [total, gain, likelihood] = [0, 0, 0];
    for (let cell = 0; cell < observed.length; cell++) {
      const mean = expected[cell] ?? 0;
      const count = observed[cell] ?? 0;
      total += mean;
      gain += uniform - mean;
      likelihood -= mean;
      if (count === 0) continue;
      gain += count * Math.log(mean / uniform);
      likelihood += count * Math.log(mean);
    }
    const addends = new Float64Array(WIDTH);
    addends.set([total, observed.reduce((sum, count) => sum + count, 0), gain, likelihood, 1]);
    hitsByShare(this.#ground.ranked(expected), this.#ground.areas, observed).forEach(
      ({ areaShare, hits }, s) => {
        addends.set([areaShare, hits, bestHits[s] ?? 0], FIRST_SHARE + PER_SHARE * s);
      },
    );
    addends.forEach((addend, i) => (sums[i] = (sums[i] ?? 0) + addend));
  }
}

function hitsByShare(
  order: Uint32Array,
  areas: Float64Array,
  observed: Uint16Array,
): { areaShare: number; hits: number }[] {
  let hits = 0;
  let cell = 0;
  return choose(order, areas, CURVE_SHARES).map(({ cells, areaShare }) => {
    for (; cell < cells; cell++) hits += observed[order[cell] ?? -1] ?? 0;
    return { areaShare, hits };
  });
}

/** Figures of sums: those that are reported have an interval, so all that is drawn again must come from here. */
export function scoreFigures(total: Float64Array): Record<string, number> {
  const at = (i: number): number => total[i] ?? 0;
  const observed = at(OBSERVED);
  const figures: Record<string, number> = {
    informationGain: at(GAIN) / observed,
    logLikelihood: at(LIKELIHOOD) / observed,
    observedOverExpected: observed / at(EXPECTED),
    expected: at(EXPECTED),
    observed,
  };
  CURVE_SHARES.forEach((share, s) => {
    const first = FIRST_SHARE + PER_SHARE * s;
    const areaShare = at(first) / at(WINDOWS);
    const hitRate = at(first + 1) / observed;
    figures[ofShare('areaShare', share)] = areaShare;
    figures[ofShare('hitRate', share)] = hitRate;
    if (!AREA_SHARES.some((reported) => reported === share)) return;
    figures[ofShare('pai', share)] = hitRate / areaShare;
    figures[ofShare('pei', share)] = at(first + 1) / at(first + 2);
  });
  return figures;
}

/** The name of a figure at a share of the area. */
export function ofShare(figure: string, share: number): string {
  return `${figure}@${String(share)}`;
}

/** What sums are made of, at the reported shares: to be kept where windows are pooled later. */
export interface ScoreParts {
  expected: number;
  observed: number;
  /** Nats over the uniform map, of all incidents together. */
  gain: number;
  byAreaShare: { areaShare: number; hits: number; bestHits: number }[];
}

export function partsOf(total: Float64Array): ScoreParts {
  const at = (i: number): number => total[i] ?? 0;
  return {
    expected: at(EXPECTED),
    observed: at(OBSERVED),
    gain: at(GAIN),
    byAreaShare: AREA_SHARES.map((share) => {
      const first = FIRST_SHARE + PER_SHARE * CURVE_SHARES.indexOf(share);
      return { areaShare: at(first), hits: at(first + 1), bestHits: at(first + 2) };
    }),
  };
}
