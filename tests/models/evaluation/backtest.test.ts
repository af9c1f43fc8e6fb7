/** What a backtest forecasts, counts and fits to, on a synthetic past. */
import { describe, expect, it } from 'vitest';
import { runBacktest, type BacktestRequest } from '../../../models/evaluation/backtest.ts';
import type { Baseline, TrainingPast } from '../../../models/evaluation/baselines/baseline.ts';
import { NAIVE_MAP } from '../../../models/evaluation/baselines/naive-map.ts';
import type { TestedModel } from '../../../models/evaluation/forecasters.ts';
import { ALL, type KnownIncident } from '../../../models/features/counted-incident.ts';
import { DAY_MS, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const CELLS = patch(3);
const TEST_FROM = START_MS + 60 * DAY_MS;
const span = { fromMs: TEST_FROM, toMs: TEST_FROM + 14 * DAY_MS };
const incidents = unevenPast(CELLS, 80, 20);
const inTest = incidents.filter(
  ({ occurredAtMs }) => occurredAtMs >= span.fromMs && occurredAtMs < span.toMs,
);

/** Expects the mean cell's everywhere, times something. */
function evenModel(times = 1): TestedModel & { calls: number } {
  const model = {
    calls: 0,
    dispersionOf: () => 0.2,
    expected: ({ cells, expectation }: Parameters<TestedModel['expected']>[0]) => {
      model.calls++;
      return Promise.resolve(new Float32Array(cells).fill(times * expectation));
    },
  };
  return model;
}

function backtest(change: Partial<BacktestRequest> = {}): ReturnType<typeof runBacktest> {
  return runBacktest({
    ...{
      incidents,
      group: ALL,
      span,
      horizon: { hours: 24 },
      model: evenModel(),
      theme: 'all',
      baselines: [],
    },
    timeZone: new TimeZone('Europe/London'),
    ...change,
  });
}

describe('runBacktest', { timeout: 60_000 }, () => {
  it('gives every method the same level, so that an even model gains nothing and the naive map what its places are worth', async () => {
    const { model, naiveMap, windows, bootstrap } = await backtest();
    expect([windows, model.observed]).toEqual([14, inTest.length]);
    expect(bootstrap).toEqual({ draws: 1000, blocks: 14, blockIs: 'day' });
    expect(model.informationGain).toBeCloseTo(0, 6);
    expect(naiveMap.informationGain).toBeGreaterThan(0.2);
    expect(naiveMap.expected).toBeCloseTo(model.expected, 2);
    expect(naiveMap.modelAhead.informationGain).toBeCloseTo(-naiveMap.informationGain, 6);
  });

  it('does not count what is known too coarsely to fall into a window', async () => {
    const monthly = CELLS.map((cell) =>
      knownIncident({ cell, occurredAtMs: TEST_FROM + DAY_MS, timePrecision: 'month' }),
    );
    expect((await backtest({ incidents: [...incidents, ...monthly] })).model.observed).toBe(inTest.length);
  });

  it('takes in cells that only officers found anything in, and counts nothing there', async () => {
    const [cell = ''] = patch(6).slice(-1);
    const found = knownIncident({ cell, occurredAtMs: START_MS + DAY_MS, discovery: 'officer' });
    const inTestToo = { ...found, occurredAtMs: TEST_FROM + DAY_MS, knownAtMs: TEST_FROM + DAY_MS };
    const { cells, model } = await backtest({ incidents: [found, ...incidents, inTestToo] });
    expect(cells).toBe(CELLS.length + 1);
    expect(model.observed).toBe(inTest.length);
  });

  it('measures over given cells, and tells how much happened outside', async () => {
    const { cells, outsideArea, model } = await backtest({ cells: CELLS.slice(0, 10) });
    expect(cells).toBe(10);
    expect(outsideArea + model.observed).toBe(inTest.length);
    expect(outsideArea).toBeGreaterThan(0);
  });

  it('asks the model of hours for the cell-hours, and for nothing else', async () => {
    const hourly = evenModel(2);
    const { model } = await backtest({ hourModel: { model: hourly, theme: 'all' } });
    expect(hourly.calls).toBe(14 * 24);
    expect(model.byCellHourShare).toHaveLength(4);
    expect(model.observedOverExpected).toBeGreaterThan(0.7);
  });

  it('has no cell-hours where only days are known', async () => {
    const days = incidents.map((incident): KnownIncident => ({ ...incident, timePrecision: 'day' }));
    const { model, naiveMap } = await backtest({ incidents: days });
    expect(model.observed).toBe(inTest.length);
    expect([model.byCellHourShare, naiveMap.byCellHourShare]).toEqual([undefined, undefined]);
  });

  it('forecasts months of data that know nothing finer, each month a block', async () => {
    const months = unevenPast(CELLS, 900, 3).map((incident): KnownIncident => ({
      ...incident,
      timePrecision: 'month',
    }));
    const { windows, bootstrap, model } = await backtest({
      incidents: months,
      horizon: { months: 1 },
      span: { fromMs: Date.UTC(2025, 11, 1), toMs: Date.UTC(2026, 3, 1) },
    });
    expect(windows).toBe(4);
    expect(bootstrap).toMatchObject({ blocks: 4, blockIs: 'month' });
    expect(model.byCellHourShare).toBeUndefined();
  });

  it('fits baselines to nothing that became known after the test began', async () => {
    const seen: TrainingPast[] = [];
    const watching: Baseline = {
      ...NAIVE_MAP,
      fit: (past) => {
        seen.push(past);
        return NAIVE_MAP.fit(past);
      },
    };
    // Half of the incidents are reported ten days late, some of those of the training period in the test.
    const late = incidents.map((incident, i) => ({
      ...incident,
      knownAtMs: incident.occurredAtMs + (i % 2 === 0 ? 10 * DAY_MS : 0),
    }));
    await backtest({ incidents: late, baselines: [watching] });
    const [past] = seen;
    const trainedFromMs = past?.windows[0]?.window.fromMs ?? NaN;
    const known = late.filter(({ knownAtMs }) => knownAtMs < TEST_FROM);
    const inTraining = known.filter(({ occurredAtMs }) => occurredAtMs >= trainedFromMs);
    const counted = past?.windows
      .flatMap(({ observed }) => [...observed])
      .reduce((sum, count) => sum + count, 0);
    expect(past?.known.count).toBe(known.length);
    expect(counted).toBe(inTraining.length);
  });

  it('says so where no window fits between the dates', async () => {
    await expect(backtest({ horizon: { hours: 480 } })).rejects.toThrow('no window of this horizon');
  });
});
