/** Forecasts a span of the past window by window, each from what was known before it, beside the baselines. */
import type { Cell } from '../../shared/cell.ts';
import { knowsHour } from '../features/counted-incident.ts';
import { windowsOf, type Span } from '../forecast-windows.ts';
import type { Interval } from '../interval.ts';
import { BacktestAccount, type BaselineResult, type MethodResults } from './backtest-account.ts';
import { ALL_BASELINES } from './baselines/all-baselines.ts';
import type { Baseline } from './baselines/baseline.ts';
import { NAIVE_MAP } from './baselines/naive-map.ts';
import { blocksOf } from './blocks.ts';
import { CellHours } from './cell-hours.ts';
import { fitBaselines } from './fit-baselines.ts';
import { Forecasters, type ModelOfTheme } from './forecasters.ts';
import { checkForLeaks, type MadeForecast } from './leakage-check.ts';
import { HONEST_STEPS, settle, type SettingRequest, type SettingSteps } from './setting.ts';

export interface BacktestRequest extends SettingRequest, ModelOfTheme {
  /** Forecasts single hours, for the hit rate over cell-hours; `model` where nothing is said. */
  hourModel?: ModelOfTheme;
  /** Beside the naive map, which is always there; all of them unless said otherwise. */
  baselines?: readonly Baseline[];
  steps?: SettingSteps;
  /** Told of every window, in order; waited for. */
  onWindow?: (forecast: ForecastedWindow) => Promise<void>;
  onProgress?: (share: number, text: string) => void;
}

/** One forecast window: an entry per cell everywhere. */
export interface ForecastedWindow {
  window: Span;
  cells: readonly Cell[];
  areasSquareMetres: Float64Array;
  expected: Float32Array;
  intervals: Interval[];
  observed: Uint16Array;
}

export interface BacktestResult extends MethodResults {
  windows: number;
  cells: number;
  areaSquareKm: number;
  /** The cells are those with an incident before this instant, holes filled. */
  cellsFixedAtMs: number;
  /** The windows that were forecast again without what became known later, and came out the same; when they began. */
  checkedForLeaksMs: number[];
  naiveMap: BaselineResult;
}

/**
 * Throws `TrainingImpossible` where too little is known before the span, `RangeError` where no window fits in, and
 * `LeakageFound` where a forecast knew what it could not.
 */
export async function runBacktest(request: BacktestRequest): Promise<BacktestResult> {
  const { horizon, timeZone, span, group, model, theme, onWindow, onProgress = () => undefined } = request;
  const { steps = HONEST_STEPS, hourModel = { model, theme } } = request;
  const windows = windowsOf(span, horizon, timeZone);
  if (windows.length === 0) throw new RangeError('no window of this horizon fits between the test dates');
  const baselines = [NAIVE_MAP, ...(request.baselines ?? ALL_BASELINES).filter((one) => one !== NAIVE_MAP)];
  const setting = settle(request, steps);
  const { outcomes, areasSquareMetres } = setting;
  const { history } = setting.walk;
  const fitted = fitBaselines(baselines, setting, span, onProgress);
  const forecasters = new Forecasters(setting, group.name, fitted);
  const blocks = blocksOf(windows, horizon, timeZone);
  const dispersion = model.dispersionOf(theme);
  const account = new BacktestAccount(setting, baselines, fitted, blocks, { horizon, dispersion });
  const knowsHours = request.incidents.some((incident) => knowsHour(incident) && group.includes(incident));
  const cellHours =
    knowsHours && 'hours' in horizon
      ? new CellHours({ ...request, model: hourModel, baselines: baselines.length })
      : undefined;
  const toCheck = new Set([0, windows.length >> 1, windows.length - 1]);
  const made: MadeForecast[] = [];
  for (const [w, window] of windows.entries()) {
    await cellHours?.planUntil(window.fromMs, forecasters, history);
    const forecasts = await forecasters.window(window, { model, theme });
    if (toCheck.has(w)) made.push({ window, forecasts });
    const came = outcomes.countIn(window, history);
    const intervals = account.add(w, forecasts, came);
    const { model: expected } = forecasts;
    const { cells } = history;
    await onWindow?.({ window, cells, areasSquareMetres, expected, intervals, observed: came.counts });
    onProgress((w + 1) / windows.length, `window ${String(w + 1)} of ${String(windows.length)}`);
  }
  onProgress(1, 'forecasting again without what came later');
  await checkForLeaks({ request, steps, setting, baselines, fitted, model: { model, theme }, made });
  const results = account.results(cellHours?.figures());
  const [naiveMap] = results.baselines;
  if (naiveMap === undefined) throw new RangeError('the naive map is missing');
  return {
    windows: windows.length,
    cells: history.size,
    areaSquareKm: areasSquareMetres.reduce((sum, area) => sum + area, 0) / 1e6,
    cellsFixedAtMs: setting.cellsFixedAtMs,
    checkedForLeaksMs: made.map(({ window }) => window.fromMs),
    naiveMap,
    ...results,
  };
}
