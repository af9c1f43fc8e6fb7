/** Forecasts a span of the past window by window, each from what was known before it, beside the naive map. */
import { cellAreaSquareMetres, type Cell } from '../../shared/cell.ts';
import type { TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../features/cell-history.ts';
import { featuresAt, type Features } from '../features/feature-vector.ts';
import type { IncidentGroup, KnownIncident } from '../features/counted-incident.ts';
import { windowsOf, type Horizon, type Span } from '../forecast-windows.ts';
import { intervalOf, type Interval } from '../interval.ts';
import type { ForecastModel } from '../onnx-model.ts';
import { fittedHorizon, isTimedFor, planTraining } from '../training/training-plan.ts';
import { inKnownOrder, Outcomes, Walk } from '../walk-forward.ts';
import { Calibrator, type Calibration } from './calibration.ts';
import { naiveMap } from './naive-map.ts';
import { Scorer, type Scores } from './scores.ts';

export interface BacktestRequest {
  incidents: readonly KnownIncident[];
  group: IncidentGroup;
  timeZone: TimeZone;
  span: Span;
  horizon: Horizon;
  model: ForecastModel;
  /** Which of the model's themes forecasts the group. */
  theme: string;
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

export interface BacktestResult {
  windows: number;
  cells: number;
  areaSquareKm: number;
  /** The cells are those with an incident before this instant, holes filled. */
  cellsFixedAtMs: number;
  /** Incidents in the windows that happened in none of the cells: no forecast speaks of them. */
  outsideArea: number;
  model: Scores & { calibration: Calibration };
  naiveMap: Scores;
}

/** Throws `TrainingImpossible` where too little is known before the span, `RangeError` where no window fits in. */
export async function runBacktest(request: BacktestRequest): Promise<BacktestResult> {
  const { group, timeZone, span, horizon, model, theme, onWindow, onProgress } = request;
  const incidents = inKnownOrder(request.incidents, timeZone).filter((one) => isTimedFor(one, horizon));
  const windows = windowsOf(span, horizon, timeZone);
  if (windows.length === 0) throw new RangeError('no window of this horizon fits between the test dates');
  const { span: training } = planTraining(incidents, span.fromMs, fittedHorizon(horizon), timeZone);
  const walk = new Walk(new CellHistory({ timeZone, groups: [group] }), incidents);
  walk.advance(training.fromMs);
  walk.history.closeArea();
  const { history } = walk;
  const areas = Float64Array.from(history.cells, cellAreaSquareMetres);
  const outcomes = new Outcomes(incidents, group);
  const dispersion = model.dispersionOf(theme);
  const [scorer, naiveScorer, calibrator] = [
    new Scorer(areas),
    new Scorer(areas),
    new Calibrator(dispersion),
  ];
  let outsideArea = 0;
  let features: Features | undefined;
  for (const [w, window] of windows.entries()) {
    const nowMs = window.fromMs;
    walk.advance(nowMs);
    features = featuresAt(history, group.name, { ...window, nowMs }, features);
    const { expected } = await model.predict(features, theme);
    const { counts: observed, outside } = outcomes.countIn(window, history);
    outsideArea += outside;
    scorer.add(expected, observed, features.expectation);
    naiveScorer.add(naiveMap(history, outcomes, nowMs, features.expectation), observed, features.expectation);
    const intervals = Array.from(expected, (mean) => intervalOf(mean, dispersion));
    intervals.forEach((interval, cell) => {
      calibrator.add(expected[cell] ?? 0, interval, observed[cell] ?? 0);
    });
    const { cells } = history;
    await onWindow?.({ window, cells, areasSquareMetres: areas, expected, intervals, observed });
    onProgress?.((w + 1) / windows.length, `window ${String(w + 1)} of ${String(windows.length)}`);
  }
  return {
    windows: windows.length,
    cells: history.size,
    areaSquareKm: areas.reduce((sum, area) => sum + area, 0) / 1e6,
    cellsFixedAtMs: training.fromMs,
    outsideArea,
    model: { ...scorer.scores(), calibration: calibrator.calibration() },
    naiveMap: naiveScorer.scores(),
  };
}
