/** Draws which hotspots are left without extra patrol: at random within strata of like expectation, the same for the same seed. */
import type { Cell } from '../../shared/cell.ts';
import { seededRandom } from '../evaluation/seeded-random.ts';

export interface DrawnCell {
  cell: Cell;
  /** 0 is that with the highest expectations. */
  stratum: number;
  expectedPerDay: number;
  heldOut: boolean;
}

/**
 * One hotspot of each `oneIn` that are next to each other in expectation, so that both arms are alike before anything is
 * done (blocked randomisation). In a last stratum of fewer each is held out with the same chance as all others, 1/oneIn.
 */
export function drawHoldOut(
  hotspots: readonly { cell: Cell; expectedPerDay: number }[],
  { seed, oneIn }: { seed: number; oneIn: number },
): DrawnCell[] {
  const random = seededRandom(seed);
  const inOrder = hotspots.toSorted(
    (one, other) => other.expectedPerDay - one.expectedPerDay || (one.cell < other.cell ? -1 : 1),
  );
  const drawn: DrawnCell[] = [];
  for (let start = 0; start < inOrder.length; start += oneIn) {
    const chosen = start + Math.floor(random() * oneIn);
    inOrder.slice(start, start + oneIn).forEach(({ cell, expectedPerDay }, place) => {
      drawn.push({ cell, stratum: start / oneIn, expectedPerDay, heldOut: start + place === chosen });
    });
  }
  return drawn;
}
