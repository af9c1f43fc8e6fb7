/** Scores as they are reported: each figure beside its 95 % interval. */
import { difference, interval95, type Interval95, type Measured } from './bootstrap.ts';
import { AREA_SHARES } from './ranking.ts';
import { CURVE_SHARES, ofShare } from './scores.ts';

/** Figures by name, of one method. */
export type Figures = Readonly<Record<string, Measured>>;

export interface ShareScore {
  /** The share aimed at, and the one that whole cells really filled. */
  share: number;
  areaShare: number;
  /** Share of the incidents inside the chosen cells, pooled over windows. */
  hitRate: number;
  hitRateInterval: Interval95;
  /** Hit rate ÷ area share (Chainey, Tompson & Uhlig 2008). */
  pai: number;
  paiInterval: Interval95;
  /** PAI ÷ the best that any choice of so much area could have had (Hunt 2016). */
  pei: number;
  peiInterval: Interval95;
}

export interface CellHourScore {
  /** Of the cells × hours of a week. */
  share: number;
  hitRate: number;
  hitRateInterval: Interval95;
}

export interface Scores {
  /**
   * Nats per incident: Σ (n log λ − λ) / Σ n over all cells and windows, less that of a uniform map with the same
   * hour-of-week curve; NaN without incidents. -Infinity where an incident came where none was thought possible.
   */
  informationGain: number;
  informationGainInterval: Interval95;
  /** The same without the uniform map taken off; log n! is left out, which is the same for all methods. */
  logLikelihood: number;
  logLikelihoodInterval: Interval95;
  /** Incidents that were expected, and that came. */
  expected: number;
  observed: number;
  observedOverExpected: number;
  observedOverExpectedInterval: Interval95;
  /** Of observed on expected, both logarithmic: 1 is right, below 1 overdone. */
  slope: number;
  slopeInterval: Interval95;
  byAreaShare: ShareScore[];
  /** Absent where hours are not known. */
  byCellHourShare?: CellHourScore[];
  /** `[area share, hit rate]`, rising. */
  hitRateCurve: [number, number][];
}

export interface Difference {
  informationGain: number;
  informationGainInterval: Interval95;
  byAreaShare: { share: number; hitRate: number; hitRateInterval: Interval95 }[];
  byCellHourShare?: CellHourScore[];
}

export function reportedScores(figures: Figures): Scores {
  const hours = byCellHourShare((name) => figures[name]);
  return {
    informationGain: valueOf(figures, 'informationGain'),
    informationGainInterval: intervalOf(figures, 'informationGain'),
    logLikelihood: valueOf(figures, 'logLikelihood'),
    logLikelihoodInterval: intervalOf(figures, 'logLikelihood'),
    expected: valueOf(figures, 'expected'),
    observed: valueOf(figures, 'observed'),
    observedOverExpected: valueOf(figures, 'observedOverExpected'),
    observedOverExpectedInterval: intervalOf(figures, 'observedOverExpected'),
    slope: valueOf(figures, 'slope'),
    slopeInterval: intervalOf(figures, 'slope'),
    byAreaShare: AREA_SHARES.map((share) => ({
      share,
      areaShare: valueOf(figures, ofShare('areaShare', share)),
      hitRate: valueOf(figures, ofShare('hitRate', share)),
      hitRateInterval: intervalOf(figures, ofShare('hitRate', share)),
      pai: valueOf(figures, ofShare('pai', share)),
      paiInterval: intervalOf(figures, ofShare('pai', share)),
      pei: valueOf(figures, ofShare('pei', share)),
      peiInterval: intervalOf(figures, ofShare('pei', share)),
    })),
    ...(hours.length > 0 ? { byCellHourShare: hours } : {}),
    hitRateCurve: CURVE_SHARES.map((share) => [
      valueOf(figures, ofShare('areaShare', share)),
      valueOf(figures, ofShare('hitRate', share)),
    ]),
  };
}

/** How much more `ours` has than `theirs`, drawn on the same days. */
export function reportedDifference(ours: Figures, theirs: Figures): Difference {
  const less = (name: string): Measured | undefined => {
    const [one, other] = [ours[name], theirs[name]];
    return one && other && difference(one, other);
  };
  const of = (name: string): { value: number; interval: Interval95 } => {
    const measured = less(name);
    if (measured === undefined) throw new RangeError(`there is no figure ${name}`);
    return { value: measured.value, interval: interval95(measured) };
  };
  const gain = of('informationGain');
  const hours = byCellHourShare(less);
  return {
    informationGain: gain.value,
    informationGainInterval: gain.interval,
    byAreaShare: AREA_SHARES.map((share) => {
      const { value, interval } = of(ofShare('hitRate', share));
      return { share, hitRate: value, hitRateInterval: interval };
    }),
    ...(hours.length > 0 ? { byCellHourShare: hours } : {}),
  };
}

function byCellHourShare(figure: (name: string) => Measured | undefined): CellHourScore[] {
  return AREA_SHARES.flatMap((share) => {
    const measured = figure(ofShare('cellHourHitRate', share));
    return measured === undefined
      ? []
      : [{ share, hitRate: measured.value, hitRateInterval: interval95(measured) }];
  });
}

function figureOf(figures: Figures, name: string): Measured {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`there is no figure ${name}`);
  return figure;
}

function valueOf(figures: Figures, name: string): number {
  return figureOf(figures, name).value;
}

function intervalOf(figures: Figures, name: string): Interval95 {
  return interval95(figureOf(figures, name));
}
