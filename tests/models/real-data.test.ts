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
const FILE = join(recordingsDir, 'stlouis_2014_2020.csv.gz');
const ARTEFACTS = join(import.meta.dirname, '../../models/artifacts');
const timeZone = new TimeZone('America/Chicago');

function localDay(year: number, month: number): number {
  return timeZone.instantOf({ year, month, day: 1, hour: 0, minute: 0, second: 0 }) ?? NaN;
}

describe.skipIf(!existsSync(FILE))('the shipped model on St. Louis, the quarter after its training', () => {
  let past: Promise<KnownIncident[]> | undefined;

  async function backtest(theme: Theme, hours: number): Promise<BacktestResult> {
    past ??= readRecordedPast({ files: [FILE], timeZone, rejectedFolder: join(dataDir, 'rejected') }).then(
      ({ incidents }) => incidents,
    );
    const group = THEME_GROUPS.find(({ name }) => name === theme);
    if (group === undefined) throw new Error(`no group ${theme}`);
    const model = await ForecastModel.load(ARTEFACTS);
    const span = { fromMs: localDay(2019, 10), toMs: localDay(2020, 1) };
    try {
      return await runBacktest({
        ...{ incidents: await past, group, timeZone, span, horizon: { hours }, model, theme, baselines: [] },
      });
    } finally {
      await model.close();
    }
  }

  // Nats per incident over the naive map; ACCURACY measured 0.021, 0.060 and 0.155 on its own grid and cells.
  it.each([
    { theme: 'all', hours: 24, overNaive: 0.01 },
    { theme: 'all', hours: 8, overNaive: 0.015 },
    { theme: 'violence', hours: 24, overNaive: 0.04 },
    { theme: 'burglary', hours: 24, overNaive: 0.08 },
  ] as const)(
    'gains $overNaive nats or more over last year’s map for $theme, $hours hours',
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
