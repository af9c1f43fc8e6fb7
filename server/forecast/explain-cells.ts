/** Explains the forecast of cells from a force's history: one cell that is asked about, or an issue's hotspots. */
import { coarseCell, fineCells, type Cell } from '../../shared/cell.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { DAY_MS } from '../../shared/time.ts';
import { compose, type Composition } from '../../models/explanation/composition.ts';
import type { CellHistory } from '../../models/features/cell-history.ts';
import type { FeatureContext } from '../../models/features/feature-vector.ts';
import type { ForecastModel } from '../../models/onnx-model.ts';
import type { ExplainedArea } from '../explanation/explained-forecast.ts';
import type { IssuedExplanations } from '../store/explanation-store.ts';

/** A forecast of one theme, as of `nowMs`. */
export interface ExplainedTheme {
  model: ForecastModel;
  history: CellHistory;
  theme: Theme;
  context: FeatureContext;
  nowMs: number;
}

/** The indices of the fine cells of the area that a fine or coarse cell stands for. */
export function indicesIn(history: CellHistory, cell: Cell): Int32Array {
  const fine = coarseCell(cell) === cell ? fineCells(cell) : [cell];
  return Int32Array.from(fine, (one) => history.indexOf(one)).filter((index) => index >= 0);
}

/** Composes each set of cells; see `compose`. */
export async function explainCells(
  { model, history, theme, context, nowMs }: ExplainedTheme,
  sets: readonly Int32Array[],
): Promise<{ area: Omit<ExplainedArea, 'window'>; compositions: Composition[] }> {
  const { area, compositions } = await compose(model, context, theme, sets);
  return {
    area: { ...area, nowMs, ...aboutModel(model, theme), ...aboutPast(history, context, nowMs) },
    compositions,
  };
}

/** Why these cells were hotspots, to be kept with an issued forecast. */
export async function explainHotspots(
  explained: ExplainedTheme,
  hotspots: readonly Cell[],
): Promise<IssuedExplanations> {
  const sets = hotspots.map((cell) => indicesIn(explained.history, cell));
  const { area, compositions } = await explainCells(explained, sets);
  const { emptyCell, meanCell, weightedHours, knownDays, fittedOn, perIncident } = area;
  return {
    ...{ emptyCell, meanCell, weightedHours, knownDays, fittedOn, perIncident },
    hotspots: hotspots.map((cell, i) => ({ cell, decayed: compositions[i]?.decayed ?? [] })),
  };
}

function aboutModel(
  model: ForecastModel,
  theme: Theme,
): Pick<ExplainedArea, 'modelId' | 'dispersion' | 'fittedOn'> {
  const fittedOn = THEMES.find((other) => other === model.card.themes[theme]?.fittedOn) ?? theme;
  return { modelId: model.id, dispersion: model.dispersionOf(theme), fittedOn };
}

function aboutPast(
  { coverage, monthCoverage }: CellHistory,
  { weightedHours }: FeatureContext,
  nowMs: number,
): Pick<ExplainedArea, 'weightedHours' | 'knownDays'> {
  const firstMs = Math.min(coverage.firstMs, monthCoverage.firstMs);
  return { weightedHours, knownDays: Math.max(0, (nowMs - firstMs) / DAY_MS) };
}
