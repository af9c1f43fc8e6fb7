/** Rolls scores up: pooled over a span or a day, the model beside the naive map, with intervals where days suffice. */
import { interval95, Resamples, totalOf, type Measured } from '../../models/evaluation/bootstrap.ts';
import { AREA_SHARES } from '../../models/evaluation/ranking.ts';
import { ofShare } from '../../models/evaluation/scores.ts';
import type { RollUp } from '../../shared/scorecard.ts';
import { figuresOf, type DaySums } from './score-sums.ts';

/** With fewer days a drawing of days says nothing of how the days differ. */
const FEWEST_DAYS = 8;

/** Pools the days; a hit rate's interval is that of its incidents alone (Wilson 1927) where days are too few. */
export function rollUp(days: readonly DaySums[]): RollUp {
  const told = days.filter(({ sums }) => (sums[0] ?? 0) > 0);
  const sums = told.length === 0 ? [new Float64Array()] : told.map((day) => day.sums);
  const drawn = told.length >= FEWEST_DAYS ? new Resamples(told.length).measure(sums, figuresOf) : undefined;
  const figures = figuresOf(totalOf(sums));
  const figure = (name: string): number => figures[name] ?? NaN;
  const incidents = figure('observed');
  const map = (name: string): RollUp['model'] => ({
    informationGain: finite(figure(`${name}informationGain`)),
    byAreaShare: AREA_SHARES.map((share) => {
      const hitRate = figure(ofShare(`${name}hitRate`, share));
      return {
        share,
        areaShare: finite(figure(ofShare(`${name}areaShare`, share))),
        hitRate: finite(hitRate),
        hitRateInterval: intervalOf(drawn?.[ofShare(`${name}hitRate`, share)]) ?? wilson(hitRate, incidents),
        pai: finite(figure(ofShare(`${name}pai`, share))),
        pei: finite(figure(ofShare(`${name}pei`, share))),
      };
    }),
  });
  return {
    windows: figure('windows'),
    uncoveredWindows: days.reduce((sum, { uncovered }) => sum + uncovered, 0),
    incidents,
    outside: figure('outside'),
    inAreaShare: finite(figure('inAreaShare')),
    expected: figure('expected'),
    observedOverExpected: finite(figure('observedOverExpected')),
    coverage80: finite(figure('coverage80')),
    model: map(''),
    naiveMap: map('naive '),
    overNaiveMap: {
      informationGain: finite(figure('over informationGain')),
      informationGainInterval: intervalOf(drawn?.['over informationGain']),
      byAreaShare: AREA_SHARES.map((share) => ({
        share,
        hitRate: finite(figure(ofShare('over hitRate', share))),
        hitRateInterval: intervalOf(drawn?.[ofShare('over hitRate', share)]),
      })),
    },
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function intervalOf(measured: Measured | undefined): [number, number] | null {
  const interval = measured && interval95(measured);
  return interval?.every(Number.isFinite) === true ? interval : null;
}

const Z = 1.96;

function wilson(share: number, incidents: number): [number, number] | null {
  if (!(incidents > 0)) return null;
  const scale = 1 + Z ** 2 / incidents;
  const centre = share + Z ** 2 / (2 * incidents);
  const spread = Z * Math.sqrt((share * (1 - share)) / incidents + Z ** 2 / (4 * incidents ** 2));
  return [(centre - spread) / scale, (centre + spread) / scale];
}
