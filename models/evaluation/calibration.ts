/** Whether what was forecast with so much certainty came about as often as that. */
import { chanceWithin, intervalOf, type Interval } from '../interval.ts';
import { interval95, totalOf, type Interval95, type Measured, type Resamples } from './bootstrap.ts';
import { byTenth, TENTHS, type ExpectationBins } from './expectation-bins.ts';
import { Pit, PIT_BINS, pitFigures } from './pit.ts';
import type { Outcome } from './scores.ts';

/** Of u, the randomised probability integral transform of the counts. */
export interface PitReport {
  forecasts: number;
  /** Shares of u in the middle 80 % and 95 %: so much should be there. */
  coverage80: number;
  coverage80Interval: Interval95;
  coverage95: number;
  coverage95Interval: Interval95;
  /** Share of u in each fortieth: 0.025 where the forecast distribution is right. */
  histogram: number[];
}

/** A tenth of all forecasts, by rising expectation. */
export interface TenthReport {
  forecasts: number;
  expected: number;
  observed: number;
  /** NaN where nothing was expected. */
  observedOverExpected: number;
  observedOverExpectedInterval: Interval95;
}

export interface Calibration {
  /** Share of counts within their 10–90 % interval, and the share that should be: counts are whole, so above 80 %. */
  withinInterval: number;
  withinIntervalPromised: number;
  /** Forecasts of like expectation together, each bin twice as high as the one before. */
  bins: { fromExpected: number; forecasts: number; expected: number; observed: number }[];
  tenths: TenthReport[];
  /** Of all cells, and of the cells that were ranked within the highest 10 % of the area. */
  pit: { all: PitReport; busiest: PitReport };
}

/** Adds up window after window. */
export class Calibrator {
  readonly #dispersion: number;
  readonly #bins = new Map<number, { forecasts: number; expected: number; observed: number }>();
  readonly #pit: Pit;
  readonly #busiestPit: Pit;
  #forecasts = 0;
  #within = 0;
  #promised = 0;

  constructor(dispersion: number, blocks: number) {
    this.#dispersion = dispersion;
    this.#pit = new Pit(dispersion, blocks);
    this.#busiestPit = new Pit(dispersion, blocks);
  }

  /** One window; `busiest` are the cells ranked highest. Returns the 10–90 % intervals. */
  add(expected: ArrayLike<number>, { block, observed }: Outcome, busiest: ReadonlySet<number>): Interval[] {
    return Array.from(observed, (count, cell) => {
      const mean = expected[cell] ?? 0;
      const interval = intervalOf(mean, this.#dispersion);
      this.#forecasts++;
      if (count >= interval.lower && count <= interval.upper) this.#within++;
      this.#promised += chanceWithin(interval, mean, this.#dispersion);
      this.#pit.add(block, mean, count);
      if (busiest.has(cell)) this.#busiestPit.add(block, mean, count);
      const power = mean > 0 ? Math.floor(Math.log2(mean)) : -Infinity;
      const bin = this.#bins.get(power) ?? { forecasts: 0, expected: 0, observed: 0 };
      bin.forecasts++;
      bin.expected += mean;
      bin.observed += count;
      this.#bins.set(power, bin);
      return interval;
    });
  }

  /** `expectations` of the same forecasts. */
  calibration(expectations: ExpectationBins, resamples: Resamples): Calibration {
    return {
      withinInterval: this.#within / this.#forecasts,
      withinIntervalPromised: this.#promised / this.#forecasts,
      bins: [...this.#bins]
        .sort(([power], [other]) => power - other)
        .map(([power, bin]) => ({ fromExpected: 2 ** power, ...bin })),
      tenths: tenthsOf(expectations, resamples),
      pit: { all: pitReport(this.#pit, resamples), busiest: pitReport(this.#busiestPit, resamples) },
    };
  }
}

const UNKNOWN: Measured = { value: NaN, draws: new Float64Array(0) };

function tenthsOf(expectations: ExpectationBins, resamples: Resamples): TenthReport[] {
  const tenths = expectations.tenths();
  const ratios = resamples.measure(expectations.sums, (total) =>
    Object.fromEntries(
      byTenth(total, tenths).map(({ observed, expected }, t) => [String(t), observed / expected]),
    ),
  );
  const rows = byTenth(totalOf(expectations.sums), tenths);
  return Array.from({ length: TENTHS }, (_, t) => {
    const ratio = ratios[String(t)] ?? UNKNOWN;
    const row = rows[t] ?? { forecasts: 0, expected: 0, observed: 0 };
    return { ...row, observedOverExpected: ratio.value, observedOverExpectedInterval: interval95(ratio) };
  }).filter(({ forecasts }) => forecasts > 0);
}

function pitReport(pit: Pit, resamples: Resamples): PitReport {
  const { coverage80, coverage95, ...bins } = resamples.measure(pit.sums, pitFigures);
  const [middle80, middle95] = [coverage80 ?? UNKNOWN, coverage95 ?? UNKNOWN];
  return {
    forecasts: totalOf(pit.sums).reduce((sum, count) => sum + count, 0),
    coverage80: middle80.value,
    coverage80Interval: interval95(middle80),
    coverage95: middle95.value,
    coverage95Interval: interval95(middle95),
    histogram: Array.from({ length: PIT_BINS }, (_, bin) => bins[String(bin)]?.value ?? NaN),
  };
}
