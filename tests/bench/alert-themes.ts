/** `alert.themes`: alerts a day of all seven themes together where chance alone is at work, and how urgent they are where it is not. */
import { ForecastModel } from '../../models/onnx-model.ts';
import { readConfig } from '../../server/config.ts';
import { Places } from '../../server/simulator/places.ts';
import { ALERT_PRIORITIES } from '../../shared/alert.ts';
import { watchCity, type RaisedAlert } from '../support/watched-city.ts';
import { round, type Benchmark, type Figure } from './bench.ts';

const CITY = { perSecond: 0.015, learnDays: 60, seed: 41 };
/** By chance alone: one alert a day is promised of all themes. */
const DAYS = 30;
/** With as many clusters as the demo has. */
const CLUSTERS_PER_DAY = 16;
const FIRST_DAYS = 3;
const CLUSTER_DAYS = 10;

export const alertThemes: Benchmark = {
  names: [
    'alert.themes',
    ...['first', 'all'].flatMap((span) => ALERT_PRIORITIES.map((one) => `alert.themes.${span}.${one}`)),
  ],
  run: async (report) => {
    const model = await ForecastModel.load(readConfig().modelDir);
    const options = { ...CITY, model, places: new Places(1) };
    const byChance = await watchCity({ ...options, days: DAYS, nearRepeats: false, clustersPerDay: 0 });
    const perDay = byChance.length / DAYS;
    const [lower, upper] = interval(byChance.length);
    report(`95 % of ${byChance.length} alerts: ${round(lower / DAYS)} to ${round(upper / DAYS)} a day`);
    const value = round(perDay);
    const figures: Figure[] = [
      { name: 'alert.themes', value, unit: 'alerts/day', n: DAYS, baseline: 1, ratio: value },
    ];
    const clustered = { days: CLUSTER_DAYS, nearRepeats: true, clustersPerDay: CLUSTERS_PER_DAY };
    const real = await watchCity({ ...options, ...clustered });
    const first = real.filter(({ day }) => day < FIRST_DAYS);
    report(
      `${real.length} alerts in ${CLUSTER_DAYS} days with clusters, ${first.length} in the first ${FIRST_DAYS}`,
    );
    return [...figures, ...shares('first', first), ...shares('all', real)];
  },
};

function shares(span: string, alerts: readonly RaisedAlert[]): Figure[] {
  return ALERT_PRIORITIES.map((priority) => {
    const share = alerts.filter((one) => one.priority === priority).length / Math.max(1, alerts.length);
    return {
      name: `alert.themes.${span}.${priority}`,
      value: round(100 * share),
      unit: '%',
      n: alerts.length,
    };
  });
}

/** 95 % of a Poisson count (Byar's approximation; Breslow & Day 1987). */
function interval(count: number): [lower: number, upper: number] {
  const at = (n: number, z: number): number =>
    n === 0 ? 0 : n * (1 - 1 / (9 * n) + z / (3 * Math.sqrt(n))) ** 3;
  return [at(count, -1.96), at(count + 1, 1.96)];
}
