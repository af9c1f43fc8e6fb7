/** Picks the best of several maps by how well they would have forecast the training period, and nothing else. */
import type { FittedBaseline, Parameters, PlaceMap, TuningWindow } from './baseline.ts';

/** Shares that may be spread evenly; without any, one incident in an empty place would cost a map everything. */
const EVEN_SPREADS = [0.003, 0.01, 0.03, 0.1, 0.2] as const;

export interface Candidate {
  parameters: Parameters;
  open: () => PlaceMap;
}

/**
 * The candidate, and the even spread with it, that gain most information over the windows; the first of equals.
 * Throws `RangeError` without candidates.
 */
export function tune(candidates: readonly Candidate[], windows: readonly TuningWindow[]): FittedBaseline {
  let best: (FittedBaseline & { gain: number }) | undefined;
  for (const { parameters, open } of candidates) {
    gains(open(), windows).forEach((gain, e) => {
      const evenSpread = EVEN_SPREADS[e] ?? 1;
      if (best === undefined || gain > best.gain) best = { parameters, open, evenSpread, gain };
    });
  }
  if (best === undefined) throw new RangeError('there is nothing to choose from');
  const { parameters, open, evenSpread } = best;
  return { parameters, open, evenSpread };
}

/** Σ n log(relative map), for each even spread: what is expected in all differs by nothing else. */
function gains(map: PlaceMap, windows: readonly TuningWindow[]): number[] {
  const sums = EVEN_SPREADS.map(() => 0);
  for (const { window, known, observed } of windows) {
    const values = map.at(known, window);
    const total = values.reduce((sum, value) => sum + value, 0);
    const scale = total > 0 ? values.length / total : 0;
    observed.forEach((count, cell) => {
      if (count === 0) return;
      const relative = total > 0 ? (values[cell] ?? 0) * scale : 1;
      EVEN_SPREADS.forEach((spread, e) => {
        sums[e] = (sums[e] ?? 0) + count * Math.log((1 - spread) * relative + spread);
      });
    });
  }
  return sums;
}
