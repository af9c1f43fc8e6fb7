/** What is needed to explain the forecast of a cell: made by the forecaster from its state, or read back with an issue. */
import type { Cell } from '../../shared/cell.ts';
import type { ForecastWindow } from '../../shared/forecast.ts';
import type { Theme } from '../../shared/theme.ts';
import type { AreaTerms, Composition } from '../../models/explanation/composition.ts';

/** What goes for all cells of one forecast. */
export interface ExplainedArea extends AreaTerms {
  /** From when the forecast is, epoch milliseconds. */
  nowMs: number;
  window: ForecastWindow;
  modelId: string;
  /** Of the counts: variance = mean · (1 + dispersion). */
  dispersion: number;
  /** Whose weights the theme's are. */
  fittedOn: Theme;
  /** The window's length, each hour counted by how busy it usually is. */
  weightedHours: number;
  /** How far back the past is known. */
  knownDays: number;
}

export interface ExplainedForecast {
  /** Of the issue; null for the forecast of now. */
  forecastId: number | null;
  area: ExplainedArea;
  /** The fine cells that are explained together: one, or those of a coarse cell that belong to the area. */
  cells: Cell[];
  composition: Composition;
  /** 1 is the highest of `areaCells`, which are coarse where the explained cell is. */
  rank: number;
  areaCells: number;
  /** Whether the scorecard finds it off; of a past forecast that is not known any more. */
  drifts: boolean;
}
