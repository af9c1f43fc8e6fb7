/** A theme's forecasts of one force for all horizons, kept, so that an incident costs only the cells near it. */
import type { Cell } from '../../shared/cell.ts';
import { HORIZONS, type ForecastWindow, type HorizonHours } from '../../shared/forecast.ts';
import type { Theme } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import type { CellHistory } from '../../models/features/cell-history.ts';
import { featureContext, featureRows } from '../../models/features/feature-vector.ts';
import type { FeatureContext, Features } from '../../models/features/feature-vector.ts';
import type { ForecastModel } from '../../models/onnx-model.ts';
import type { ExplainedForecast } from '../explanation/explained-forecast.ts';
import { placeOf } from '../explanation/place-in-forecast.ts';
import { explainCells, indicesIn } from './explain-cells.ts';

export interface HorizonForecast {
  horizonHours: HorizonHours;
  window: ForecastWindow;
  /** Expected incidents in the window, one per cell of the history as far as it reached. */
  expected: Float32Array;
}

/** So few that their features and forecasts take about a millisecond. */
const PIECE_CELLS = 8_192;

interface Kept {
  nowMs: number;
  window: ForecastWindow;
  context: FeatureContext;
  /** With room for cells that join. */
  expected: Float32Array<ArrayBuffer>;
  cells: number;
}

export class ThemeForecasts {
  readonly #history: CellHistory;
  readonly #theme: Theme;
  readonly #kept = new Map<HorizonHours, Kept>();
  /** Touched while all was being computed anew, from features that may not have known of it. */
  readonly #touchedMeanwhile = new Set<number>();
  #recomputing = false;
  #room: Features | undefined;

  constructor(history: CellHistory, theme: Theme) {
    this.#history = history;
    this.#theme = theme;
  }

  /** From when the forecasts are, epoch milliseconds; -Infinity before the first. */
  get nowMs(): number {
    return this.#kept.get(HORIZONS[0])?.nowMs ?? -Infinity;
  }

  hasForecast(horizonHours: HorizonHours): boolean {
    return this.#kept.has(horizonHours);
  }

  /** Forecasts every cell for the horizon, from now on; before each piece of work it waits for what `giveWay` says. */
  async recompute(
    model: ForecastModel,
    horizonHours: HorizonHours,
    nowMs: number,
    giveWay: () => Promise<void> = () => Promise.resolve(),
  ): Promise<HorizonForecast> {
    const toMs = nowMs + horizonHours * HOUR_MS;
    this.#recomputing = true;
    this.#touchedMeanwhile.clear();
    try {
      const context = featureContext(this.#history, this.#theme, { fromMs: nowMs, toMs, nowMs });
      const { cells } = context;
      const expected = roomy(new Float32Array(0), cells);
      for (let from = 0; from < cells; from += PIECE_CELLS) {
        await giveWay();
        const piece = indicesUpTo(cells).subarray(from, Math.min(cells, from + PIECE_CELLS));
        this.#room = featureRows(context, piece, this.#room);
        expected.set(await model.expected(this.#room, this.#theme), from);
      }
      const window = { from: formatInstant(nowMs), to: formatInstant(toMs) };
      this.#kept.set(horizonHours, { nowMs, window, context, expected, cells });
    } finally {
      this.#recomputing = false;
    }
    if (this.#touchedMeanwhile.size > 0) {
      await this.#touchOne(model, horizonHours, Int32Array.from(this.#touchedMeanwhile));
    }
    return this.#forecastOf(horizonHours);
  }

  /**
   * Forecasts the cells with these indices again, as of the last `recompute`, and those that have joined since.
   * Returns what there is of each horizon, and where the cells' expectations stood before.
   */
  async touch(
    model: ForecastModel,
    indices: Int32Array,
  ): Promise<(HorizonForecast & { before: Float32Array })[]> {
    if (this.#recomputing) for (const index of indices) this.#touchedMeanwhile.add(index);
    const touched = [];
    for (const horizonHours of this.#kept.keys()) {
      const before = await this.#touchOne(model, horizonHours, indices);
      touched.push({ ...this.#forecastOf(horizonHours), before });
    }
    return touched;
  }

  /**
   * Explains the forecast of a fine or coarse cell, as of the last `recompute` and with what has been counted since:
   * what it finds is from now on these cells' forecast. `undefined` where there is none, or the cell is not of the area.
   */
  async explain(
    model: ForecastModel,
    horizonHours: HorizonHours,
    cell: Cell,
  ): Promise<(HorizonForecast & { explained: Omit<ExplainedForecast, 'drifts'> }) | undefined> {
    const kept = this.#kept.get(horizonHours);
    const indices = indicesIn(this.#history, cell).filter((index) => index < (kept?.cells ?? 0));
    if (kept === undefined || indices.length === 0) return undefined;
    const { context, nowMs, window } = kept;
    const { area, compositions } = await explainCells(
      { model, history: this.#history, theme: this.#theme, context, nowMs },
      [indices, ...Array.from(indices, (index) => Int32Array.of(index))],
    );
    // All was computed anew meanwhile: that is what is shown now.
    if (this.#kept.get(horizonHours) !== kept) return this.explain(model, horizonHours, cell);
    const [composition, ...ofEach] = compositions;
    indices.forEach((index, i) => (kept.expected[index] = ofEach[i]?.expected ?? 0));
    const forecast = this.#forecastOf(horizonHours);
    const place = placeOf(cell, { cells: this.#history.cells, expected: forecast.expected });
    if (place === undefined || composition === undefined) return undefined;
    const { cells, rank, areaCells } = place;
    const explained = { forecastId: null, area: { ...area, window }, cells, composition, rank, areaCells };
    return { ...forecast, explained };
  }

  async #touchOne(
    model: ForecastModel,
    horizonHours: HorizonHours,
    indices: Int32Array,
  ): Promise<Float32Array> {
    const before = new Float32Array(indices.length);
    const started = this.#kept.get(horizonHours);
    if (started === undefined) return before;
    const rows = await model.expected(featureRows(started.context, indices), this.#theme);
    const kept = this.#kept.get(horizonHours) ?? started;
    // All was computed anew meanwhile, and these cells with it.
    if (kept !== started) return before;
    for (const [i, index] of indices.entries()) {
      if (index >= kept.expected.length) kept.expected = roomy(kept.expected, index + 1);
      before[i] = index < kept.cells ? (kept.expected[index] ?? 0) : 0;
      kept.expected[index] = rows[i] ?? 0;
      kept.cells = Math.max(kept.cells, index + 1);
    }
    return before;
  }

  #forecastOf(horizonHours: HorizonHours): HorizonForecast {
    const kept = this.#kept.get(horizonHours);
    if (kept === undefined) throw new RangeError(`${horizonHours} hours ahead were not forecast yet`);
    return { horizonHours, window: kept.window, expected: kept.expected.subarray(0, kept.cells) };
  }
}

let indices = new Int32Array(0);

/** 0, 1, 2 …, at least so many. */
function indicesUpTo(cells: number): Int32Array {
  if (indices.length < cells) indices = new Int32Array(2 * cells).map((_, index) => index);
  return indices;
}

function roomy(values: Float32Array, atLeast = 0): Float32Array<ArrayBuffer> {
  const room = new Float32Array(Math.ceil(Math.max(values.length, atLeast) * 1.1) + 8);
  room.set(values);
  return room;
}
