/** An expectation that follows the week and knows of no particular day: what replicas of chance are drawn from. */
import { HOUR_MS, HOURS_PER_WEEK, type TimeZone } from '../../shared/time.ts';
import { forEachStep, QUARTER_MS, reportedOf, totalOf } from './expectation.ts';
import type { ExpectationSource, ReportedShare, WeighedLayer, WindowExpectation } from './expectation.ts';
import { WINDOW_COUNT, WINDOW_MS } from './scan-windows.ts';

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
  readonly #reportedShare: ReportedShare | undefined;

  /** Throws `RangeError` where the field has not each hour of the week. */
  constructor(field: WeeklyField, timeZone: TimeZone, reportedShare?: ReportedShare) {
    if (field.hours.length !== HOURS_PER_WEEK) throw new RangeError('a week has 168 hours');
    this.#field = field;
    this.#totals = field.layers.map(totalOf);
    this.#timeZone = timeZone;
    this.#reportedShare = reportedShare;
  }

  at(nowMs: number): WindowExpectation {
    const byLayer = new Map<number, WeighedLayer>();
    // Rates change by the hour.
    const stepMs = this.#reportedShare === undefined ? HOUR_MS : QUARTER_MS;
    WINDOW_MS.forEach((windowMs, window) => {
      forEachStep({ fromMs: nowMs - windowMs, toMs: nowMs, stepMs }, (fromMs, toMs) => {
        const { hourOfWeek } = this.#timeZone.localTime(fromMs);
        const { layer = 0, weight = 0 } = this.#field.hours[hourOfWeek] ?? {};
        const { weights } = this.#weighed(byLayer, layer);
        const hours = (toMs - fromMs) / HOUR_MS;
        const reported = reportedOf(this.#reportedShare, { fromMs, toMs, nowMs });
        weights[window] = (weights[window] ?? 0) + weight * hours * reported;
      });
    });
    return { layers: [...byLayer.values()], isKnown: Array.from(WINDOW_MS, () => true) };
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
