/** Whether what was forecast with so much certainty came about as often as that. */
import { chanceWithin, type Interval } from '../interval.ts';

export interface Calibration {
  /** Share of counts within their 10–90 % interval, and the share that should be: counts are whole, so above 80 %. */
  withinInterval: number;
  withinIntervalPromised: number;
  /** Forecasts of like expectation together, each bin twice as high as the one before. */
  bins: { fromExpected: number; forecasts: number; expected: number; observed: number }[];
}

/** Adds up forecast after forecast, one per cell and window. */
export class Calibrator {
  readonly #dispersion: number;
  readonly #bins = new Map<number, { forecasts: number; expected: number; observed: number }>();
  #forecasts = 0;
  #within = 0;
  #promised = 0;

  constructor(dispersion: number) {
    this.#dispersion = dispersion;
  }

  add(expected: number, interval: Interval, observed: number): void {
    this.#forecasts++;
    if (observed >= interval.lower && observed <= interval.upper) this.#within++;
    this.#promised += chanceWithin(interval, expected, this.#dispersion);
    const power = expected > 0 ? Math.floor(Math.log2(expected)) : -Infinity;
    const bin = this.#bins.get(power) ?? { forecasts: 0, expected: 0, observed: 0 };
    bin.forecasts++;
    bin.expected += expected;
    bin.observed += observed;
    this.#bins.set(power, bin);
  }

  calibration(): Calibration {
    return {
      withinInterval: this.#within / this.#forecasts,
      withinIntervalPromised: this.#promised / this.#forecasts,
      bins: [...this.#bins]
        .sort(([power], [other]) => power - other)
        .map(([power, bin]) => ({ fromExpected: 2 ** power, ...bin })),
    };
  }
}
