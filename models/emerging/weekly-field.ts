/** An expectation that follows the week and knows of no particular day: what replicas of chance are drawn from. */
import { HOUR_MS, HOURS_PER_WEEK, type TimeZone } from '../../shared/time.ts';
import { forEachStep, QUARTER_MS, reportedOf, totalOf } from './expectation.ts';
import type { ExpectationSource, ReportedShare, WeighedLayer, WindowExpectation } from './expectation.ts';
import { LONGEST_WINDOW_MS, WINDOW_COUNT, WINDOW_MS } from './scan-windows.ts';

export interface WeeklyField {
  /** Expected incidents per cell, by index in the scan's grid, in one hour of weight 1. */
  layers: readonly Float32Array[];
  /** For each hour of the week, Monday 00:00 first, local time: the layer that holds then, and its weight. */
  hours: readonly { layer: number; weight: number }[];
}

/** Incidents of all cells expected in a week. */
export function expectedPerWeek({ layers, hours }: WeeklyField): number {
  const totals = layers.map(totalOf);
  return hours.reduce((sum, { layer, weight }) => sum + weight * (totals[layer] ?? 0), 0);
}

export class WeeklyExpectation implements ExpectationSource {
  readonly #field: WeeklyField;
  readonly #totals: readonly number[];
  readonly #timeZone: TimeZone;
  /** For each quarter of an hour before now; `undefined` where all is known at once. */
  readonly #reportedByAge: readonly number[] | undefined;

  /** Throws `RangeError` where the field has not each hour of the week. */
  constructor(field: WeeklyField, timeZone: TimeZone, reportedShare?: ReportedShare) {
    if (field.hours.length !== HOURS_PER_WEEK) throw new RangeError('a week has 168 hours');
    this.#field = field;
    this.#totals = field.layers.map(totalOf);
    this.#timeZone = timeZone;
    this.#reportedByAge =
      reportedShare &&
      Array.from({ length: LONGEST_WINDOW_MS / QUARTER_MS }, (_, quarter) => {
        const [fromMs, toMs] = [-(quarter + 1) * QUARTER_MS, -quarter * QUARTER_MS];
        return reportedOf(reportedShare, { fromMs, toMs, nowMs: 0 });
      });
  }

  at(nowMs: number): WindowExpectation {
    const byLayer = new Map<number, WeighedLayer>();
    if (this.#reportedByAge === undefined) this.#weighHours(byLayer, nowMs);
    else this.#weighQuarters(byLayer, nowMs, this.#reportedByAge);
    return { layers: [...byLayer.values()], isKnown: Array.from(WINDOW_MS, () => true) };
  }

  /** Rates change by the hour. */
  #weighHours(byLayer: Map<number, WeighedLayer>, nowMs: number): void {
    WINDOW_MS.forEach((windowMs, window) => {
      forEachStep({ fromMs: nowMs - windowMs, toMs: nowMs, stepMs: HOUR_MS }, (fromMs, toMs) => {
        const { layer, weight } = this.#hourAt(fromMs);
        const { weights } = this.#weighed(byLayer, layer);
        weights[window] = (weights[window] ?? 0) + (weight * (toMs - fromMs)) / HOUR_MS;
      });
    });
  }

  /** Counted back from now, so that every window is made of the same quarters and each has an age of its own. */
  #weighQuarters(byLayer: Map<number, WeighedLayer>, nowMs: number, reportedByAge: readonly number[]): void {
    reportedByAge.forEach((reported, quarter) => {
      const { layer, weight } = this.#hourAt(nowMs - (quarter + 0.5) * QUARTER_MS);
      const { weights } = this.#weighed(byLayer, layer);
      const expected = (weight * reported * QUARTER_MS) / HOUR_MS;
      for (let window = 0; window < WINDOW_COUNT; window++)
        if (quarter * QUARTER_MS < (WINDOW_MS[window] ?? 0))
          weights[window] = (weights[window] ?? 0) + expected;
    });
  }

  #hourAt(atMs: number): { layer: number; weight: number } {
    return this.#field.hours[this.#timeZone.localTime(atMs).hourOfWeek] ?? { layer: 0, weight: 0 };
  }

  #weighed(byLayer: Map<number, WeighedLayer>, layer: number): WeighedLayer {
    let weighed = byLayer.get(layer);
    if (weighed === undefined) {
      const expected = this.#field.layers[layer] ?? new Float32Array(0);
      weighed = { expected, total: this.#totals[layer] ?? 0, weights: new Float64Array(WINDOW_COUNT) };
      byLayer.set(layer, weighed);
    }
    return weighed;
  }
}
