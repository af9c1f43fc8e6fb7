/** The prospective space-time scan: around each incoming incident, the neighbourhood and window that stand out most. */
import { MINUTE_MS } from '../../shared/time.ts';
import type { ExpectationSource, WeighedLayer, WindowExpectation } from './expectation.ts';
import { logLikelihoodRatio, poissonLogRatio } from './likelihood-ratio.ts';
import { RecentIncidents } from './recent-incidents.ts';
import type { ScanGrid } from './scan-grid.ts';
import { CELLS_WITHIN, LARGEST_DISK, MAX_RINGS, WINDOW_COUNT, WINDOW_MINUTES } from './scan-windows.ts';

/** One neighbourhood and window that ends now. */
export interface Candidate {
  /** Index in the grid of the cell in the middle. */
  centre: number;
  rings: number;
  windowMinutes: (typeof WINDOW_MINUTES)[number];
  observed: number;
  /** As issued before the window opened, times the level where the whole force has more than expected. */
  expected: number;
  /** The logarithm of the likelihood ratio. */
  logRatio: number;
  /** What is ranked by: `logRatio`, with the prior that a cluster is as likely as crime is there. */
  score: number;
}

export interface ScanOptions {
  grid: ScanGrid;
  expectation: ExpectationSource;
  /** θ of the theme: variance = mean · (1 + θ). */
  dispersion: number;
}

/** One event is often told twice, by a caller and by an ambulance: two reports are no cluster. */
const FEWEST = 3;
/** Pseudo-incidents that the force's own level leans on. */
const LEVEL_LEANS_ON = 20;
/** Where nothing ever happened something may: this share of what an average cell has. */
const LEAST_SHARE = 0.01;

/**
 * The logarithm of how much likelier a cluster is here than in an average cell, before anything is seen of it (a prior over places, as
 * in Neill, Moore & Cooper 2006): in proportion to what usually happens. Without it false alarms are spread evenly over places where
 * next to nothing happens, and clusters are missed where most is. `expected` is of so many `cells`, `all` of all of the grid's.
 */
export function logPrior(
  { expected, cells }: { expected: number; cells: number },
  { all, allCells }: { all: number; allCells: number },
): number {
  return all > 0 ? Math.log((expected / cells) * (allCells / all)) : 0;
}

export class Scan {
  readonly #grid: ScanGrid;
  readonly #expectation: ExpectationSource;
  readonly #dispersion: number;
  readonly #recent: RecentIncidents;
  #minute = NaN;
  #known: WindowExpectation = { layers: [], isKnown: [] };
  /** For each layer, the first window that it goes into: an hour long past is in the longest alone. */
  #firstWindows: number[] = [];
  readonly #least = new Float64Array(WINDOW_COUNT);
  readonly #allObserved = new Float64Array(WINDOW_COUNT);
  readonly #allExpected = new Float64Array(WINDOW_COUNT);
  /** Counts and expectations by cell of the neighbourhood being scanned, found once each. */
  #slots = new Int32Array(0);
  #stamps = new Int32Array(0);
  #stamp = 0;
  #used = 0;
  #observed = new Float64Array(256 * WINDOW_COUNT);
  #expected = new Float64Array(256 * WINDOW_COUNT);
  readonly #inside = new Float64Array(WINDOW_COUNT);
  readonly #due = new Float64Array(WINDOW_COUNT);
  readonly #counts = new Float64Array(WINDOW_COUNT);

  constructor({ grid, expectation, dispersion }: ScanOptions, recent = new RecentIncidents()) {
    this.#grid = grid;
    this.#expectation = expectation;
    this.#dispersion = dispersion;
    this.#recent = recent;
  }

  get grid(): ScanGrid {
    return this.#grid;
  }

  get recent(): RecentIncidents {
    return this.#recent;
  }

  /** Counts an incident of the cell with this index. */
  add(cell: number, occurredMs: number, nowMs: number): void {
    this.#recent.add(cell, occurredMs, nowMs);
  }

  /** Takes back an incident that has been corrected or cancelled. */
  remove(cell: number, occurredMs: number, nowMs: number): void {
    this.#recent.remove(cell, occurredMs, nowMs);
  }

  /** Forgets what the expectation said a moment ago: after an issue. */
  expectationChanged(): void {
    this.#minute = NaN;
  }

  /**
   * Of all neighbourhoods that hold the cell, and all windows, the strongest above `leastScore`; they overlap in this
   * cell, so the strongest stands for all. Costs the 127 cells around, however many there are.
   */
  strongest(cell: number, nowMs: number, leastScore = 1): Candidate | undefined {
    this.#look(nowMs);
    let best: Candidate | undefined;
    const centres = this.#grid.disk(cell);
    for (let place = 0; place < LARGEST_DISK; place++) {
      const centre = centres[place] ?? -1;
      if (centre < 0) continue;
      const away = ringOf(place);
      best = this.#strongestAround(centre, away, nowMs, best?.score ?? leastScore) ?? best;
    }
    return best;
  }

  /** The strongest window of one neighbourhood above `leastScore`. */
  strongestWindow(centre: number, rings: number, nowMs: number, leastScore = 1): Candidate | undefined {
    this.#look(nowMs);
    return this.#strongestAround(centre, rings, nowMs, leastScore, rings);
  }

  /** What was observed and expected in these cells in one of the windows; `undefined` where nothing is known of before it. */
  countIn(
    cells: Iterable<number>,
    window: number,
    nowMs: number,
  ): { observed: number; expected: number } | undefined {
    this.#look(nowMs);
    if (this.#known.isKnown[window] !== true) return undefined;
    let [observed, expected] = [0, 0];
    for (const cell of cells) {
      const at = this.#rowOf(cell, nowMs) + window;
      observed += this.#observed[at] ?? 0;
      expected += this.#expected[at] ?? 0;
    }
    return { observed, expected: expected * this.#level(window, observed, expected) };
  }

  #strongestAround(
    centre: number,
    fewestRings: number,
    nowMs: number,
    leastScore: number,
    mostRings: number = MAX_RINGS,
  ): Candidate | undefined {
    const disk = this.#grid.disk(centre);
    const first = this.#shortestWindow(disk, CELLS_WITHIN[mostRings] ?? 0, nowMs);
    const [inside, due] = [this.#inside.fill(0), this.#due.fill(0)];
    let best: Candidate | undefined;
    let [place, cells] = [0, 0];
    for (let rings = 0; rings <= mostRings && first < WINDOW_COUNT; rings++) {
      for (const until = CELLS_WITHIN[rings] ?? 0; place < until; place++) {
        const cell = disk[place] ?? -1;
        if (cell < 0) continue;
        cells++;
        const row = this.#rowOf(cell, nowMs);
        for (let window = first; window < WINDOW_COUNT; window++) {
          inside[window] = (inside[window] ?? 0) + (this.#observed[row + window] ?? 0);
          due[window] = (due[window] ?? 0) + (this.#expected[row + window] ?? 0);
        }
      }
      if (rings < fewestRings || (inside[WINDOW_COUNT - 1] ?? 0) < FEWEST) continue;
      best = this.#strongestOf({ centre, rings, cells, first }, best?.score ?? leastScore) ?? best;
    }
    return best;
  }

  /** The first window in which these cells have enough incidents for a cluster: most have it in the longest alone. */
  #shortestWindow(disk: Int32Array, cells: number, nowMs: number): number {
    const counts = this.#counts.fill(0);
    for (let place = 0; place < cells; place++) {
      const cell = disk[place] ?? -1;
      if (cell < 0) continue;
      const row = this.#rowOf(cell, nowMs);
      if (this.#observed[row + WINDOW_COUNT - 1] === 0) continue;
      for (let window = 0; window < WINDOW_COUNT; window++) {
        counts[window] = (counts[window] ?? 0) + (this.#observed[row + window] ?? 0);
      }
    }
    let first = 0;
    while (first < WINDOW_COUNT && (counts[first] ?? 0) < FEWEST) first++;
    return first;
  }

  #strongestOf(
    { centre, rings, cells, first }: { centre: number; rings: number; cells: number; first: number },
    leastScore: number,
  ): Candidate | undefined {
    let best: Candidate | undefined;
    for (let window = first; window < WINDOW_COUNT; window++) {
      const observed = this.#inside[window] ?? 0;
      const due = this.#due[window] ?? 0;
      if (observed < FEWEST || observed < due + 1 || this.#known.isKnown[window] !== true) continue;
      const all = { all: this.#allExpected[window] ?? 0, allCells: this.#grid.cells.length };
      const prior = logPrior({ expected: due, cells }, all);
      const least = (best?.score ?? leastScore) - prior;
      if (poissonLogRatio(observed, due) <= least) continue;
      const expected = due * this.#level(window, observed, due);
      const logRatio = logLikelihoodRatio(observed, expected, this.#dispersion);
      if (logRatio <= least) continue;
      best = {
        ...{ centre, rings, windowMinutes: WINDOW_MINUTES[window] ?? 15 },
        ...{ observed, expected, logRatio, score: logRatio + prior },
      };
    }
    return best;
  }

  /** How much more than expected the rest of the force has: a busy night everywhere is no cluster anywhere. */
  #level(window: number, observed: number, expected: number): number {
    const others = (this.#allObserved[window] ?? 0) - observed;
    const due = (this.#allExpected[window] ?? 0) - expected;
    return Math.max(1, (others + LEVEL_LEANS_ON) / (Math.max(0, due) + LEVEL_LEANS_ON));
  }

  /** Prepares for scanning at this time. */
  #look(nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#known = this.#expectation.at(nowMs);
      this.#firstWindows = this.#known.layers.map(({ weights }) => weights.findIndex((weight) => weight > 0));
      this.#allExpected.fill(0);
      for (const { total, weights } of this.#known.layers) {
        weights.forEach((weight, window) => {
          this.#allExpected[window] = (this.#allExpected[window] ?? 0) + weight * total;
        });
      }
      const cells = Math.max(1, this.#grid.cells.length);
      this.#allExpected.forEach((all, window) => (this.#least[window] = (all / cells) * LEAST_SHARE));
    }
    this.#recent.countAll(this.#allObserved, nowMs);
    this.#stamp++;
    this.#used = 0;
  }

  /** Where the cell's counts and expectations stand, one per window; found at its first asking. */
  #rowOf(cell: number, nowMs: number): number {
    this.#reserve(cell);
    if (this.#stamps[cell] === this.#stamp) return this.#slots[cell] ?? 0;
    const row = this.#used++ * WINDOW_COUNT;
    this.#stamps[cell] = this.#stamp;
    this.#slots[cell] = row;
    if (row + WINDOW_COUNT > this.#observed.length) {
      this.#observed = withRoom(this.#observed);
      this.#expected = withRoom(this.#expected);
    }
    this.#observed.fill(0, row, row + WINDOW_COUNT);
    this.#expected.fill(0, row, row + WINDOW_COUNT);
    this.#recent.countInto(this.#observed, row, cell, nowMs);
    const { layers } = this.#known;
    for (let layer = 0; layer < layers.length; layer++) {
      const { expected, weights } = layers[layer] as WeighedLayer; // within bounds
      const here = expected[cell] ?? 0;
      if (here === 0) continue;
      for (let window = Math.max(0, this.#firstWindows[layer] ?? 0); window < WINDOW_COUNT; window++) {
        this.#expected[row + window] = (this.#expected[row + window] ?? 0) + here * (weights[window] ?? 0);
      }
    }
    for (let window = 0; window < WINDOW_COUNT; window++) {
      const at = row + window;
      this.#expected[at] = Math.max(this.#expected[at] ?? 0, this.#least[window] ?? 0);
    }
    return row;
  }

  #reserve(cell: number): void {
    if (cell < this.#slots.length) return;
    const length = Math.max(this.#grid.cells.length, cell + 1);
    const stamps = new Int32Array(length);
    stamps.set(this.#stamps);
    const slots = new Int32Array(length);
    slots.set(this.#slots);
    [this.#stamps, this.#slots] = [stamps, slots];
  }
}

function ringOf(place: number): number {
  return CELLS_WITHIN.findIndex((cells) => place < cells);
}

function withRoom(rows: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(rows.length * 2);
  larger.set(rows);
  return larger;
}
