/** What the scan holds its counts against: an expectation that was there before the window opened. */

/** The same for all cells but for `expected`, so that it is worked out once a minute and not for each cell. */
export interface WeighedLayer {
  /** By index in the scan's grid; cells beyond its end have nothing of this layer. */
  expected: Float32Array;
  /** The sum of `expected`. */
  total: number;
  /** For each of `WINDOW_MINUTES`: how often `expected` goes into the window. */
  weights: Float64Array;
}

export interface WindowExpectation {
  /** A cell is expected to have Σ weight · expected in a window. */
  layers: readonly WeighedLayer[];
  /** For each window: whether an expectation was issued before it opened. */
  isKnown: readonly boolean[];
}

export interface ExpectationSource {
  /** For windows that end at `nowMs`. */
  at(nowMs: number): WindowExpectation;
}

/** The share of what happened so long ago that is known by now: what has not been told yet is not missing. */
export type ReportedShare = (ageMs: number) => number;

/** Calls for each part of a span that lies within one step of this length, counted from the epoch. */
export function forEachStep(
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
  visit: (partFromMs: number, partToMs: number) => void,
): void {
  for (let atMs = fromMs; atMs < toMs;) {
    const untilMs = Math.min(toMs, (Math.floor(atMs / stepMs) + 1) * stepMs);
    visit(atMs, untilMs);
    atMs = untilMs;
  }
}

/** No zone changes its clocks within one, and within one what is reported by now hardly changes. */
export const QUARTER_MS = 900_000;

/** Sums a layer. */
export function totalOf(expected: Float32Array): number {
  return expected.reduce((sum, value) => sum + value, 0);
}

/** Of what happens in a part of a window that ends at `nowMs`, the share that is known by then: in the middle of each third. */
export function reportedOf(
  reportedShare: ReportedShare | undefined,
  { fromMs, toMs, nowMs }: { fromMs: number; toMs: number; nowMs: number },
): number {
  if (reportedShare === undefined) return 1;
  const age = (third: number): number => nowMs - (fromMs + (third * (toMs - fromMs)) / 6);
  return (reportedShare(age(1)) + reportedShare(age(3)) + reportedShare(age(5))) / 3;
}
