/** The report: everything on one page, nothing fetched, and places as vague as they must be. */
import { beforeAll, describe, expect, it } from 'vitest';
import { runBacktest, type BacktestResult } from '../../../../models/evaluation/backtest.ts';
import { KERNEL_DENSITY } from '../../../../models/evaluation/baselines/kernel-density.ts';
import { figure, signed, written } from '../../../../models/evaluation/report/html.ts';
import { roundTicks } from '../../../../models/evaluation/report/chart-frame.ts';
import { reportPage, type AboutTest } from '../../../../models/evaluation/report/report-page.ts';
import { ALL } from '../../../../models/features/counted-incident.ts';
import { DAY_MS, TimeZone } from '../../../../shared/time.ts';
import { patch, START_MS, unevenPast } from '../../../support/known-incidents.ts';

const ABOUT: AboutTest = {
  forecast: 'burglary & <theft>',
  horizon: '24 hours',
  testFrom: '2024-03-01',
  testTo: '2024-03-11',
  timeZone: 'Europe/London',
  data: ['minutes.csv'],
  modelId: 'kernel-mixture-x',
  cellsFrom: 'those with an incident',
  dispersion: 0.1,
  warnings: ['do not believe this'],
  isSensitive: false,
};

describe('reportPage', { timeout: 60_000 }, () => {
  let result: BacktestResult;
  beforeAll(async () => {
    const fromMs = START_MS + 60 * DAY_MS;
    result = await runBacktest({
      ...{ incidents: unevenPast(patch(4), 75, 30), group: ALL, theme: 'all', horizon: { hours: 24 } },
      timeZone: new TimeZone('Europe/London'),
      span: { fromMs, toMs: fromMs + 14 * DAY_MS },
      model: {
        dispersionOf: () => 0.1,
        expected: ({ cells, expectation }) => Promise.resolve(new Float32Array(cells).fill(expectation)),
      },
      baselines: [KERNEL_DENSITY],
    });
  });

  it('needs no script, no file and no network', () => {
    const page = reportPage(ABOUT, result);
    expect(/<script|<link|<img|@import|url\((?!#)|https?:|src=|href=/.exec(page)).toBeNull();
    expect(/NaN|undefined|Infinity/.exec(page)).toBeNull();
  });

  it('shows each method with its interval, the warnings, and what the page must not be used for', () => {
    const page = reportPage(ABOUT, result);
    for (const { title } of result.baselines) expect(page.includes(title)).toBe(true);
    const { informationGain, informationGainInterval } = result.naiveMap;
    expect(page.includes(figure(written(informationGain, 3), informationGainInterval, 3))).toBe(true);
    expect(page.includes('do not believe this')).toBe(true);
    expect(page.includes('What it must not be used for')).toBe(true);
    expect(page.includes('<h1>Backtest: burglary &amp; &lt;theft&gt;, 24 hours ahead</h1>')).toBe(true);
  });

  it('draws every cell, and coarse ones alone where places must stay vague', () => {
    const hexagons = (page: string): number => [...page.matchAll(/z/g)].length;
    const maps = (page: string): string => page.split('<h2>Where</h2>')[1]?.split('<h2>')[0] ?? '';
    const paths = (page: string): string =>
      [...maps(page).matchAll(/ d="([^"]*)"/g)].map(([, d]) => d).join('');
    expect(hexagons(paths(reportPage(ABOUT, result)))).toBe(3 * result.cells);
    const vague = reportPage({ ...ABOUT, isSensitive: true }, result);
    expect(hexagons(paths(vague))).toBeLessThan(3 * 10);
    expect(vague.includes('Places are shown coarsely')).toBe(true);
  });
});

describe('numbers', () => {
  it('are written with a real minus, no minus zero, and a dash where there is none', () => {
    expect([written(-1.25, 1), written(-0.001, 1), written(NaN, 1)]).toEqual(['−1.3', '0.0', '–']);
    expect([signed(0.5, 1), signed(-0.5, 1), signed(0.001, 1)]).toEqual(['+0.5', '−0.5', '0.0']);
  });

  it('stand at round ticks', () => {
    expect(roundTicks(0, 0.37)).toEqual([0, 0.1, 0.2, 0.30000000000000004]);
    expect(roundTicks(-0.012, 0.031)).toEqual([-0.01, 0, 0.01, 0.02, 0.03]);
  });
});
