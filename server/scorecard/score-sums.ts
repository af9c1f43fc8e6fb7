/** Scores added up by local day, and the figures of such sums. */
import type { TimeZone } from '../../shared/time.ts';
import { AREA_SHARES } from '../../models/evaluation/ranking.ts';
import { ofShare } from '../../models/evaluation/scores.ts';
import type { StoredScore } from '../store/score-store.ts';

const [WINDOWS, CELLS, COVERAGE, OBSERVED, OUTSIDE, EXPECTED, MODEL_GAIN, NAIVE_GAIN, FIRST_SHARE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
/** Per share: area and hits of the model, area and hits of the naive map, best hits. */
const PER_SHARE = 5;
const WIDTH = FIRST_SHARE + PER_SHARE * AREA_SHARES.length;

export interface DaySums {
  /** Local midnight. */
  dayMs: number;
  sums: Float64Array;
  /** Windows of which nothing was told by then: they are in no sum. */
  uncovered: number;
}

/** In order; a window belongs to the local day in which it begins. */
export function sumsByDay(scores: readonly StoredScore[], timeZone: TimeZone): DaySums[] {
  const days = new Map<number, DaySums>();
  for (const score of scores) {
    const dayMs = timeZone.startOfDay(score.fromMs);
    const day = days.get(dayMs) ?? { dayMs, sums: new Float64Array(WIDTH), uncovered: 0 };
    days.set(dayMs, day);
    if (score.covered === false) day.uncovered++;
    else addendsOf(score).forEach((addend, i) => (day.sums[i] = (day.sums[i] ?? 0) + addend));
  }
  return [...days.values()].sort((a, b) => a.dayMs - b.dayMs);
}

function addendsOf({ cells, coverage80, outside, model, naiveMap }: StoredScore): number[] {
  return [
    ...[1, cells, coverage80, model.observed, outside, model.expected, model.gain, naiveMap.gain],
    ...model.byAreaShare.flatMap(({ areaShare, hits, bestHits }, s) => {
      const naive = naiveMap.byAreaShare[s];
      return [areaShare, hits, naive?.areaShare ?? NaN, naive?.hits ?? NaN, bestHits];
    }),
  ];
}

/** Named as a backtest's figures are, once for the model and once, as `naive …`, for the naive map. */
export function figuresOf(total: Float64Array): Record<string, number> {
  const at = (i: number): number => total[i] ?? 0;
  const observed = at(OBSERVED);
  const figures: Record<string, number> = {
    windows: at(WINDOWS),
    observed,
    outside: at(OUTSIDE),
    expected: at(EXPECTED),
    observedOverExpected: observed / at(EXPECTED),
    inAreaShare: observed / (observed + at(OUTSIDE)),
    coverage80: at(COVERAGE) / at(CELLS),
    informationGain: at(MODEL_GAIN) / observed,
    'naive informationGain': at(NAIVE_GAIN) / observed,
    'over informationGain': (at(MODEL_GAIN) - at(NAIVE_GAIN)) / observed,
  };
  AREA_SHARES.forEach((share, s) => {
    const first = FIRST_SHARE + PER_SHARE * s;
    const hitRate = (hits: number): number => hits / observed;
    const map = (name: string, area: number, hits: number): void => {
      const areaShare = area / at(WINDOWS);
      figures[ofShare(`${name}areaShare`, share)] = areaShare;
      figures[ofShare(`${name}hitRate`, share)] = hitRate(hits);
      figures[ofShare(`${name}pai`, share)] = hitRate(hits) / areaShare;
      figures[ofShare(`${name}pei`, share)] = hits / at(first + 4);
    };
    map('', at(first), at(first + 1));
    map('naive ', at(first + 2), at(first + 3));
    figures[ofShare('over hitRate', share)] = hitRate(at(first + 1)) - hitRate(at(first + 3));
  });
  return figures;
}
