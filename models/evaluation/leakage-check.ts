/** Catches a backtest that knows the future: forecasts made again without it must come out the same. */
import { formatInstant } from '../../shared/time.ts';
import { CellHistory } from '../features/cell-history.ts';
import type { Span } from '../forecast-windows.ts';
import { inKnownOrder } from '../walk-forward.ts';
import type { Baseline, FittedBaseline } from './baselines/baseline.ts';
import { fitBaselines } from './fit-baselines.ts';
import { Forecasters, type ModelOfTheme, type WindowForecasts } from './forecasters.ts';
import { LeakageFound } from './leakage-found.ts';
import { settle, type Setting, type SettingRequest, type SettingSteps } from './setting.ts';

export interface MadeForecast {
  window: Span;
  forecasts: WindowForecasts;
}

/** A backtest that has run, and what it said of some windows. */
export interface CheckedBacktest {
  request: SettingRequest;
  steps: SettingSteps;
  setting: Setting;
  baselines: readonly Baseline[];
  fitted: readonly FittedBaseline[];
  model: ModelOfTheme;
  made: readonly MadeForecast[];
}

/**
 * Takes away all incidents that became known later, and does the same work again: the cells from what was known
 * when they were fixed, the baselines' fit from what was known before the test, and the forecast of each window from
 * what was known before it. Throws `LeakageFound` where anything differs.
 */
export async function checkForLeaks(backtest: CheckedBacktest): Promise<void> {
  const { request, steps, setting, baselines, fitted, model, made } = backtest;
  const incidents = inKnownOrder(request.incidents, request.timeZone);
  const knownBefore = (instantMs: number): SettingRequest => ({
    ...request,
    incidents: incidents.filter(({ knownAtMs }) => knownAtMs < instantMs),
  });
  const atStart = settle(knownBefore(request.span.fromMs), steps);
  checkCells(setting, atStart, knownBefore(setting.cellsFixedAtMs), steps);
  const again = fitBaselines(baselines, atStart, request.span);
  baselines.forEach(({ title }, b) => {
    const [first, second] = [fitted[b], again[b]].map((fit) =>
      JSON.stringify([fit?.parameters, fit?.evenSpread]),
    );
    if (first !== second)
      throw new LeakageFound(`the ${title} was fitted to what came after the test had begun`);
  });
  for (const { window, forecasts } of made) {
    const truncated = settle(knownBefore(window.fromMs), steps);
    const repeated = await new Forecasters(truncated, request.group.name, fitted).window(window, model);
    compare(forecasts, repeated, window, ['model', ...baselines.map(({ title }) => title)]);
  }
}

/** The area as it was, as it is without the test's incidents, and as it is from those known when it was fixed. */
function checkCells(setting: Setting, atStart: Setting, known: SettingRequest, steps: SettingSteps): void {
  const { cells } = setting.walk.history;
  const fixedAt = formatInstant(setting.cellsFixedAtMs);
  if (atStart.cellsFixedAtMs !== setting.cellsFixedAtMs) {
    throw new LeakageFound(`when the cells are fixed (${fixedAt}) depends on what happened in the test`);
  }
  const incidents = inKnownOrder(known.incidents, known.timeZone);
  const walk = steps.walk(new CellHistory({ timeZone: known.timeZone, groups: [known.group] }), incidents);
  steps.fixCells(walk, setting.cellsFixedAtMs, incidents, known.cells);
  for (const others of [atStart.walk.history.cells, walk.history.cells]) {
    if (others.length === cells.length && cells.every((cell, index) => cell === others[index])) continue;
    const more = cells.find((cell) => !others.includes(cell)) ?? 'their order';
    throw new LeakageFound(`the cells, fixed at ${fixedAt}, were chosen from later incidents: ${more}`);
  }
}

function compare(first: WindowForecasts, second: WindowForecasts, window: Span, names: string[]): void {
  const [one, other] = [first, second].map(({ model, baselines }) => [model, ...baselines]);
  names.forEach((name, m) => {
    const [values, repeated] = [one?.[m], other?.[m]];
    const cell = values?.findIndex((value, index) => !isSame(value, repeated?.[index] ?? NaN)) ?? -1;
    if (cell < 0) return;
    throw new LeakageFound(
      `the forecast of the ${name} for ${formatInstant(window.fromMs)} changes when what became known later is taken away: ` +
        `${String(values?.[cell])}, then ${String(repeated?.[cell])}`,
    );
  });
}

// A map that was carried along from window to window has been rounded more often than one made at once; an incident
// more or less changes a cell by far more.
const ROUNDING = 1e-4;

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= ROUNDING * Math.max(one, other);
}
