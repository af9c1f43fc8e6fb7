/** On a real city: the model beats last year's map by what the public methods reach, and its spread is honest. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBacktest, type BacktestResult } from '../../models/evaluation/backtest.ts';
import { THEME_GROUPS, type KnownIncident } from '../../models/features/counted-incident.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { readRecordedPast } from '../../server/commands/recorded-past.ts';
import { readConfig } from '../../server/config.ts';
import type { Theme } from '../../shared/theme.ts';
import { TimeZone } from '../../shared/time.ts';

const { recordingsDir, dataDir } = readConfig();
const ARTEFACTS = join(import.meta.dirname, '../../models/artifacts');

interface City {
  file: string;
  timeZone: TimeZone;
  months: readonly [from: string, to: string];
  cases: { theme: Theme; hours: number; overNaive: number }[];
}

const CITIES: Record<string, City> = {
  'St. Louis, the quarter after its training': {
    file: join(recordingsDir, 'stlouis_2014_2020.csv.gz'),
    timeZone: new TimeZone('America/Chicago'),
    months: ['2019-10', '2020-01'],
    // Nats per incident over the naive map; ACCURACY measured 0.021, 0.060 and 0.155 on its own grid and cells.
    cases: [
      { theme: 'all', hours: 24, overNaive: 0.014 },
      { theme: 'all', hours: 8, overNaive: 0.022 },
      { theme: 'violence', hours: 24, overNaive: 0.065 },
      { theme: 'burglary', hours: 24, overNaive: 0.11 },
    ],
  },
  'Vancouver, which it has never seen': {
    file: join(recordingsDir, 'vancouver_2012_2017.csv.gz'),
    timeZone: new TimeZone('America/Vancouver'),
    months: ['2017-04', '2017-07'],
    cases: [{ theme: 'burglary', hours: 24, overNaive: 0.055 }],
  },
};

describe.each(Object.entries(CITIES))('the shipped model on %s', (_, { file, timeZone, months, cases }) => {
  let past: Promise<KnownIncident[]> | undefined;

  async function backtest(theme: Theme, hours: number): Promise<BacktestResult> {
    past ??= readRecordedPast({ files: [file], timeZone, rejectedFolder: join(dataDir, 'rejected') }).then(
      ({ incidents }) => incidents,
    );
    const group = THEME_GROUPS.find(({ name }) => name === theme);
    if (group === undefined) throw new Error(`no group ${theme}`);
    const model = await ForecastModel.load(ARTEFACTS);
    const [from, to] = months;
    const span = { fromMs: localMonth(from, timeZone), toMs: localMonth(to, timeZone) };
    try {
      return await runBacktest({
        ...{ incidents: await past, group, timeZone, span, horizon: { hours }, model, theme, baselines: [] },
      });
    } finally {
      await model.close();
    }
  }

  it.skipIf(!existsSync(file)).each(cases)(
    'gains $overNaive nats or more over last year’s map for $theme, $hours hours, and is right in number and spread',
    async ({ theme, hours, overNaive }) => {
      const { model, naiveMap } = await backtest(theme, hours);
      expect(model.observed).toBeGreaterThan(500);
      expect(model.informationGain).toBeGreaterThan(naiveMap.informationGain + overNaive);
      expect(model.expected / model.observed).toBeGreaterThan(0.9);
      expect(model.expected / model.observed).toBeLessThan(1.1);
      const { withinInterval, withinIntervalPromised } = model.calibration;
      expect(Math.abs(withinInterval - withinIntervalPromised)).toBeLessThan(0.01);
    },
    120_000,
  );
});

function localMonth(month: string, timeZone: TimeZone): number {
  const [year = NaN, number = NaN] = month.split('-').map(Number);
  return timeZone.instantOf({ year, month: number, day: 1, hour: 0, minute: 0, second: 0 }) ?? NaN;
}
