/** Prospective hotspotting: an incident counts the less, the more weeks ago and the more cells away it happened. */
import { cellsByDistance, type Cell } from '../../../shared/cell.ts';
import { DAY_MS } from '../../../shared/time.ts';
import type { Baseline, PlaceMap } from './baseline.ts';
import type { Ground } from './ground.ts';
import { tune } from './tuning.ts';

const WEEK_MS = 7 * DAY_MS;
/** Cells this far away, and weeks this long ago, count no more. PredictCode begins with 8 and 8. */
const CELLS = [1, 2, 3, 4, 6, 8] as const;
const WEEKS = [4, 8, 16, 26, 52, 104] as const;
const FARTHEST = Math.max(...CELLS) - 1;

export const PROSPECTIVE_HOTSPOTTING: Baseline = {
  name: 'prospective',
  title: 'prospective hotspotting, tuned',
  source:
    'Bowers, Johnson & Pease (2004) as PredictCode has it: weights 1/(1+d) · 1/(1+t) in whole cells and whole weeks; both reaches tuned.',
  fit: ({ ground, windows }) => {
    const rings = ringsOf(ground);
    const candidates = CELLS.flatMap((cells) =>
      WEEKS.map((weeks) => ({
        parameters: { cells, weeks },
        open: () => prospectiveMap(rings, cells, weeks),
      })),
    );
    return tune(candidates, windows);
  },
};

/** Per cell and distance, the indices of the cells there. */
type Rings = readonly (readonly Uint32Array[])[];

function ringsOf({ cells }: Ground): Rings {
  const indices = new Map<Cell, number>(cells.map((cell, index) => [cell, index]));
  return cells.map((cell) =>
    cellsByDistance(cell, FARTHEST).map((ring) =>
      Uint32Array.from(ring.flatMap((other) => indices.get(other) ?? [])),
    ),
  );
}

function prospectiveMap(rings: Rings, cells: number, weeks: number): PlaceMap {
  return {
    at: (known, { fromMs }) => {
      const own = new Float64Array(rings.length);
      for (let i = 0; i < known.count; i++) {
        const week = Math.max(0, Math.floor((fromMs - (known.atMs[i] ?? 0)) / WEEK_MS));
        const cell = known.cell[i] ?? -1;
        if (cell >= 0 && week < weeks) own[cell] = (own[cell] ?? 0) + 1 / (1 + week);
      }
      const map = new Float64Array(rings.length);
      own.forEach((weight, cell) => {
        if (weight === 0) return;
        for (let distance = 0; distance < cells; distance++) {
          for (const other of rings[cell]?.[distance] ?? []) {
            map[other] = (map[other] ?? 0) + weight / (1 + distance);
          }
        }
      });
      return map;
    },
  };
}
