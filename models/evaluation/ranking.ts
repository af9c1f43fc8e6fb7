/** Ranks cells and picks those that fill a share of the area: what hit rate, PAI and PEI are counted on. */
import { seededRandom } from './seeded-random.ts';

/** Shares of the area at which rankings are judged. */
export const AREA_SHARES = [0.01, 0.02, 0.05, 0.1] as const;

/** The chosen cells of a ranking at one share. */
export interface Chosen {
  share: number;
  /** The first so many of the ranking: as many as fit into the share, one at least. */
  cells: number;
  /** The share of the area that they really fill. */
  areaShare: number;
}

/**
 * Cell indices by falling score. Ties are broken by `shuffle`, a fixed permutation: in the order of the cells
 * themselves the oldest would win, which are the busiest.
 */
export function ranked(scores: ArrayLike<number>, shuffle: Uint32Array): Uint32Array {
  return shuffle.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/** The same permutation for the same size (Fisher & Yates). */
export function shuffled(size: number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const random = seededRandom(size);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}

/** How far down a ranking one gets within each share of the area. */
export function choose(
  order: Uint32Array,
  areas: Float64Array,
  shares: readonly number[] = AREA_SHARES,
): Chosen[] {
  const total = areas.reduce((sum, area) => sum + area, 0);
  let cells = 0;
  let area = 0;
  return shares.map((share) => {
    for (;;) {
      const next = areas[order[cells] ?? -1];
      if (next === undefined || (area + next > share * total && cells > 0)) break;
      area += next;
      cells++;
    }
    return { share, cells, areaShare: total > 0 ? area / total : 0 };
  });
}
