/** Scores one issued forecast once its window has closed, beside the naive map, as sums that add up over windows. */
import { ADDED_PER_CELL } from './baselines/naive-map.ts';
import { shareInMiddle } from './share-in-middle.ts';
import { partsOf, Scorer, type ScoreParts, type ScoringGround } from './scores.ts';

export interface WindowScore {
  cells: number;
  /** Over all cells, how much of the count's own probability lies in the middle 80 % of its forecast distribution. */
  coverage80: number;
  model: ScoreParts;
  /** Last year's counts, made to expect as many incidents as the model did: only the maps are compared. */
  naiveMap: ScoreParts;
}

export interface ClosedWindow {
  ground: ScoringGround;
  /** Per cell, as are the following. */
  expected: ArrayLike<number>;
  lastYear: ArrayLike<number>;
  observed: Uint16Array;
  /** θ of the counts' negative binomial. */
  dispersion: number;
}

export function scoreWindow(closed: ClosedWindow): WindowScore {
  const { ground, expected, lastYear, observed, dispersion } = closed;
  const cells = observed.length;
  let [total, counted, coverage80] = [0, cells * ADDED_PER_CELL, 0];
  for (let cell = 0; cell < cells; cell++) {
    const mean = expected[cell] ?? 0;
    total += mean;
    counted += lastYear[cell] ?? 0;
    coverage80 += shareInMiddle(observed[cell] ?? 0, mean, dispersion);
  }
  const perIncident = total / counted;
  const naive = Float64Array.from(
    observed,
    (_, cell) => ((lastYear[cell] ?? 0) + ADDED_PER_CELL) * perIncident,
  );
  const outcome = ground.outcome(0, observed, total / cells);
  const parts = (map: ArrayLike<number>): ScoreParts => {
    const scorer = new Scorer(ground, 1);
    scorer.add(map, outcome);
    return partsOf(scorer.sums[0] ?? new Float64Array());
  };
  return { cells, coverage80, model: parts(expected), naiveMap: parts(naive) };
}
