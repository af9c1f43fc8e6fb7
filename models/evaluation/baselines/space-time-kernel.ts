/** Space-time kernel: every incident known, blurred over the cells around it, and forgotten little by little. */
import { DAY_MS } from '../../../shared/time.ts';
import type { Baseline, PlaceMap } from './baseline.ts';
import type { Ground } from './ground.ts';
import { gaussian, type SpatialKernel } from './kernels-in-space.ts';
import { tune } from './tuning.ts';

const BANDWIDTHS_METRES = [75, 100, 150, 200, 300, 400] as const;
const MEMORIES_DAYS = [30, 60, 100, 200, 400, 800] as const;

export const SPACE_TIME_KERNEL: Baseline = {
  name: 'space-time',
  title: 'space-time kernel, tuned',
  source:
    "PredictCode's kernel density estimate with a Gaussian kernel in space and exp(−age/memory) in time; both tuned.",
  fit: ({ ground, windows }) => {
    const candidates = BANDWIDTHS_METRES.flatMap((bandwidthMetres) =>
      MEMORIES_DAYS.map((memoryDays) => ({
        parameters: { bandwidthMetres, memoryDays },
        open: () => fadingMap(ground, gaussian(bandwidthMetres), memoryDays),
      })),
    );
    return tune(candidates, windows);
  },
};

function fadingMap(ground: Ground, kernel: SpatialKernel, memoryDays: number): PlaceMap {
  const sums = new Float64Array(ground.size);
  let next = 0;
  let asOfMs = 0;
  return {
    at: (known, { fromMs }) => {
      const faded = Math.exp(-(fromMs - asOfMs) / DAY_MS / memoryDays);
      for (let cell = 0; cell < sums.length; cell++) sums[cell] = (sums[cell] ?? 0) * faded;
      asOfMs = fromMs;
      for (; next < known.count; next++) {
        const weight = Math.exp(-(fromMs - (known.atMs[next] ?? 0)) / DAY_MS / memoryDays);
        const [east, north] = [known.eastMetres[next] ?? 0, known.northMetres[next] ?? 0];
        ground.forEachNear(east, north, kernel.radiusMetres, (cell, squaredMetres) => {
          sums[cell] = (sums[cell] ?? 0) + weight * kernel.weight(squaredMetres);
        });
      }
      return sums.slice();
    },
  };
}
