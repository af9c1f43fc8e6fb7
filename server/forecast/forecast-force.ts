/** Forecasts one theme of a force for one horizon: features, then the model. */
import type { ForecastWindow, HorizonHours } from '../../shared/forecast.ts';
import { coarseCell, type Cell } from '../../shared/cell.ts';
import type { Theme } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { featureContext, featureRows, type FeatureContext } from '../../models/features/feature-vector.ts';
import type { CellHistory } from '../../models/features/cell-history.ts';
import type { ForecastModel } from '../../models/onnx-model.ts';

export interface ForceForecast {
  theme: Theme;
  horizonHours: HorizonHours;
  window: ForecastWindow;
  modelId: string;
  cells: readonly Cell[];
  /** Expected incidents in the window, one per cell. */
  expected: Float32Array;
  /** What it was made from; none where the force has no cells yet. */
  context: FeatureContext | undefined;
}

export async function forecastForce(
  model: ForecastModel,
  history: CellHistory,
  theme: Theme,
  { horizonHours, fromMs, nowMs }: { horizonHours: HorizonHours; fromMs: number; nowMs: number },
): Promise<ForceForecast> {
  const toMs = fromMs + horizonHours * HOUR_MS;
  const cells = history.cells.slice(0, history.size);
  const context = cells.length === 0 ? undefined : featureContext(history, theme, { fromMs, toMs, nowMs });
  const expected =
    context === undefined ? new Float32Array(0) : await model.expected(featureRows(context), theme);
  const window = { from: formatInstant(fromMs), to: formatInstant(toMs) };
  return { theme, horizonHours, window, modelId: model.id, cells, expected, context };
}

/** The same forecast in coarse cells: sums over the fine ones. */
export function coarsened(
  cells: readonly Cell[],
  expected: ArrayLike<number>,
): { cells: Cell[]; expected: number[] } {
  const sums = new Map<Cell, number>();
  cells.forEach((cell, index) => {
    const parent = coarseCell(cell);
    sums.set(parent, (sums.get(parent) ?? 0) + (expected[index] ?? 0));
  });
  return { cells: [...sums.keys()], expected: [...sums.values()] };
}
