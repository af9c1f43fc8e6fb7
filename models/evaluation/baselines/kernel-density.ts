/** Kernel density: the incidents of the last so many days, each blurred over the cells around it, however old. */
import { DAY_MS } from '../../../shared/time.ts';
import type { Baseline, PlaceMap } from './baseline.ts';
import type { Ground } from './ground.ts';
import { gaussian, quartic, type SpatialKernel } from './kernels-in-space.ts';
import type { KnownPast } from './known-past.ts';
import { tune } from './tuning.ts';

const DEFAULT_BANDWIDTH_METRES = 200;
const DEFAULT_DAYS = 60;
// So sharp a map leaves a third of a city without weight, and PredictCode, which only ranks, gives those no rate.
const DEFAULT_EVEN_SPREAD = 0.1;

/** As PredictCode sets it up before anybody changes anything. */
export const KERNEL_DENSITY: Baseline = {
  name: 'density',
  title: 'kernel density, 200 m, 60 days',
  source:
    "PredictCode's default, retrospective hotspotting on a grid: quartic kernel from each incident's place to the middle of the cell.",
  fit: ({ ground }) => ({
    parameters: { bandwidthMetres: DEFAULT_BANDWIDTH_METRES, days: DEFAULT_DAYS },
    evenSpread: DEFAULT_EVEN_SPREAD,
    open: () => densityMap(ground, quartic(DEFAULT_BANDWIDTH_METRES), DEFAULT_DAYS),
  }),
};

const BANDWIDTHS_METRES = [75, 100, 150, 200, 300, 400] as const;
const DAYS = [60, 180, 365, 730, 1095] as const;

export const KERNEL_DENSITY_TUNED: Baseline = {
  name: 'density-tuned',
  title: 'kernel density, tuned',
  source: "PredictCode's kernel density estimate with a Gaussian kernel; bandwidth and days tuned.",
  fit: ({ ground, windows }) => {
    const candidates = BANDWIDTHS_METRES.flatMap((bandwidthMetres) =>
      DAYS.map((days) => ({
        parameters: { bandwidthMetres, days },
        open: () => densityMap(ground, gaussian(bandwidthMetres), days),
      })),
    );
    return tune(candidates, windows);
  },
};

// What remains of weights that were added and taken away again.
const ROUNDING = 1e-9;

function densityMap(ground: Ground, kernel: SpatialKernel, days: number): PlaceMap {
  const sums = new Float64Array(ground.size);
  const spread = (known: KnownPast, i: number, sign: 1 | -1): void => {
    const [east, north] = [known.eastMetres[i] ?? 0, known.northMetres[i] ?? 0];
    ground.forEachNear(east, north, kernel.radiusMetres, (cell, squaredMetres) => {
      sums[cell] = (sums[cell] ?? 0) + sign * kernel.weight(squaredMetres);
    });
  };
  let inside: number[] = [];
  let next = 0;
  return {
    at: (known, { fromMs }) => {
      const sinceMs = fromMs - days * DAY_MS;
      inside = inside.filter((i) => {
        const stays = (known.atMs[i] ?? 0) >= sinceMs;
        if (!stays) spread(known, i, -1);
        return stays;
      });
      for (; next < known.count; next++) {
        if ((known.atMs[next] ?? 0) < sinceMs) continue;
        spread(known, next, 1);
        inside.push(next);
      }
      return sums.map((sum) => (sum < ROUNDING ? 0 : sum));
    },
  };
}
