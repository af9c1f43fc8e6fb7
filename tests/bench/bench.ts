/** What every benchmark is: a name of the contract, and a measurement on real servers of its own. */

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Repetitions, or samples of a distribution. */
  n: number;
  p50?: number;
  p95?: number;
  p99?: number;
  baseline?: number;
  /** Ours ÷ baseline. */
  ratio?: number;
}

export interface Benchmark {
  /** The names of the figures it prints. */
  names: readonly string[];
  /** It takes so long that it is not among those that run where none is named. */
  onlyWhenNamed?: true;
  run(report: (line: string) => void): Promise<Figure[]>;
}

/** Nearest-rank percentiles; `value` is the median. */
export function distribution(name: string, unit: string, samples: readonly number[]): Figure {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share: number): number =>
    round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN);
  return { name, value: at(0.5), unit, n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Three significant digits are what such a measurement supports. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
