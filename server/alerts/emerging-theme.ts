/** Emerging hotspots of one theme in one force: its expectation, what chance does to it, and its detector once both are known. */
import { calibrationSlices } from '../../models/emerging/calibrate.ts';
import type { ChanceTail } from '../../models/emerging/chance.ts';
import { EmergingDetector, type Detection } from '../../models/emerging/detector.ts';
import { IssuedExpectation, type Edition } from '../../models/emerging/issued-expectation.ts';
import type { ScanGrid } from '../../models/emerging/scan-grid.ts';
import { LONGEST_WINDOW_MS } from '../../models/emerging/scan-windows.ts';
import type { Cell } from '../../shared/cell.ts';
import {
  DELAY_EDGES_HOURS,
  knownShare,
  type Completeness,
  type DelayCurve,
} from '../../shared/reporting-delay.ts';
import { DAY_MS, HOUR_MS, type TimeZone } from '../../shared/time.ts';

/** An incident as the scan counts it. */
export interface Happening {
  cell: Cell;
  occurredAtMs: number;
}

/** What chance does, with what it was found out for. */
interface Calibration {
  tail: ChanceTail;
  dispersion: number;
  modelId: string;
  /** How soon incidents become known; null while that was not known itself. */
  completeness: Completeness | null;
  atMs: number;
}

/** JSON, for checkpoints. */
export interface EncodedTheme {
  calibration: Calibration | null;
  detector: string | null;
  waiting: [cell: Cell, occurredMs: number][];
  /** Issued forecasts are kept elsewhere; these stand in for one that was not issued. */
  standIns: EncodedStandIn[];
}

interface EncodedStandIn {
  issuedMs: number;
  fromMs: number;
  toMs: number;
  cells: readonly Cell[];
  expected: number[];
  profile: number[];
}

/** What is expected of a theme's cells, from an issued forecast or in its place. */
export interface ThemeEdition extends Omit<Edition, 'expected'> {
  cells: readonly Cell[];
  /** One per cell. */
  expected: Float32Array;
  isStandIn: boolean;
}

const RECALIBRATE_MS = 7 * DAY_MS;
/** Delays are learnt again every few minutes: a share that changes by less than this is no reason to begin anew, */
const DELAYS_CHANGED = 0.1;
/** nor is one that changes sooner. */
const DELAYS_HOLD_MS = HOUR_MS;
/** Learnt from fewer incidents they say nothing yet. */
const FEWEST_LEARNT_FROM = 50;
/** An expectation of a whole day that is older says too little of today. */
const STALE_MS = 2 * DAY_MS;
/** What happened this shortly before the detector was there is looked at when it is. */
const FRESH_MS = HOUR_MS;

export interface EmergingThemeOptions {
  grid: ScanGrid;
  timeZone: TimeZone;
  /** No more than one false alert in so many days. */
  promisedDays: number;
}

export class EmergingTheme {
  readonly #options: EmergingThemeOptions;
  readonly #expectation: IssuedExpectation;
  #calibration: Calibration | undefined;
  #completeness: Completeness | null = null;
  #detector: EmergingDetector | undefined;
  /** Until there is a detector. */
  #waiting: Happening[] = [];
  #standIns: ThemeEdition[] = [];
  #isCalibrating = false;

  constructor(options: EmergingThemeOptions, encoded?: EncodedTheme) {
    this.#options = options;
    this.#expectation = new IssuedExpectation(options.timeZone);
    if (encoded === undefined) return;
    this.#waiting = encoded.waiting.map(([cell, occurredAtMs]) => ({ cell, occurredAtMs }));
    for (const { cells, expected, profile, ...window } of encoded.standIns) {
      const values = { expected: Float32Array.from(expected), profile: Float64Array.from(profile) };
      this.expect({ ...window, ...values, cells, isStandIn: true });
    }
    this.#calibration = encoded.calibration ?? undefined;
    this.#completeness = encoded.calibration?.completeness ?? null;
    this.#expectKnown();
    if (encoded.detector !== null)
      this.#detector = this.#detectorOf(new TextEncoder().encode(encoded.detector));
  }

  get editions(): readonly Edition[] {
    return this.#expectation.editions;
  }

  /** Whether no forecast of a whole day is there that was issued lately. */
  isWithoutDay(nowMs: number): boolean {
    return !this.editions.some(
      ({ issuedMs, fromMs, toMs }) => toMs - fromMs >= DAY_MS && issuedMs > nowMs - STALE_MS,
    );
  }

  expect(edition: ThemeEdition): void {
    const { cells, expected, isStandIn, ...window } = edition;
    this.#expectation.add({ ...window, expected: this.#options.grid.arranged(cells, expected) });
    if (isStandIn) this.#standIns.push(edition);
    this.#detector?.expectationChanged();
  }

  /** Counts an incident; tells what it opens or makes stronger, unless it was told too late for that. */
  add(happening: Happening, nowMs: number, isTimely: boolean): Detection | undefined {
    if (this.#detector === undefined) this.#waiting.push(happening);
    else if (isTimely) return this.#detector.add(happening, nowMs);
    else this.#detector.count(happening, nowMs);
    return undefined;
  }

  remove(happening: Happening, nowMs: number): Detection[] {
    if (this.#detector !== undefined) return this.#detector.remove(happening, nowMs);
    const { cell, occurredAtMs } = happening;
    const index = this.#waiting.findLastIndex(
      (one) => one.cell === cell && one.occurredAtMs === occurredAtMs,
    );
    if (index >= 0) this.#waiting.splice(index, 1);
    return [];
  }

  tick(nowMs: number): Detection[] {
    if (this.#waiting.length > 0)
      this.#waiting = this.#waiting.filter(({ occurredAtMs }) => occurredAtMs > nowMs - LONGEST_WINDOW_MS);
    return this.#detector?.tick(nowMs) ?? [];
  }

  needsCalibration(modelId: string, nowMs: number): boolean {
    if (this.#isCalibrating || this.#expectation.weeklyField() === undefined) return false;
    if (this.#calibration === undefined) return true;
    const { modelId: before, atMs, completeness } = this.#calibration;
    const delaysMoved = nowMs - atMs > DELAYS_HOLD_MS && haveMoved(completeness, this.#completeness);
    return before !== modelId || nowMs - atMs > RECALIBRATE_MS || delaysMoved;
  }

  /** How soon incidents of the theme become known, as learnt by now; it holds from the next calibration on. */
  toldAs({ completeness, learntFrom }: DelayCurve): void {
    if (learntFrom >= FEWEST_LEARNT_FROM) this.#completeness = completeness;
  }

  /** Finds out what chance does, in slices between which it waits; meanwhile all goes on as before. Tells what is then found. */
  async calibrate(
    { modelId, dispersion, nowMs }: { modelId: string; dispersion: number; nowMs: () => number },
    giveWay: () => Promise<void>,
  ): Promise<Detection[]> {
    const field = this.#expectation.weeklyField();
    if (field === undefined) return [];
    this.#isCalibrating = true;
    const completeness = this.#completeness;
    try {
      const { grid, timeZone } = this.#options;
      const late = completeness ?? undefined;
      const slices = calibrationSlices({
        ...{ grid, field, timeZone, dispersion, completeness: late, seed: SEED },
      });
      let slice = slices.next();
      for (; slice.done !== true; slice = slices.next()) await giveWay();
      this.#calibration = { tail: slice.value, dispersion, modelId, completeness, atMs: nowMs() };
    } finally {
      this.#isCalibrating = false;
    }
    this.#expectKnown();
    this.#detector = this.#detectorOf(this.#detector?.encode(nowMs()));
    return this.#catchUp(this.#detector, nowMs());
  }

  encode(nowMs: number): EncodedTheme {
    return {
      calibration: this.#calibration ?? null,
      detector: this.#detector === undefined ? null : new TextDecoder().decode(this.#detector.encode(nowMs)),
      waiting: this.#waiting.map(({ cell, occurredAtMs }) => [cell, occurredAtMs]),
      standIns: this.#encodedStandIns(),
    };
  }

  /** What is expected is what can be known by now, by the delays that chance was found out with. */
  #expectKnown(): void {
    const completeness = this.#calibration?.completeness ?? null;
    if (completeness !== null) this.#expectation.tellsOf((ageMs) => knownShare(completeness, ageMs));
  }

  #encodedStandIns(): EncodedStandIn[] {
    this.#standIns = this.#standIns.filter(({ issuedMs, toMs }) =>
      this.editions.some((kept) => kept.issuedMs === issuedMs && kept.toMs === toMs),
    );
    return this.#standIns.map(({ issuedMs, fromMs, toMs, cells, expected, profile }) => ({
      ...{ issuedMs, fromMs, toMs, cells },
      expected: Array.from(expected, (value) => Number(value.toPrecision(DIGITS))),
      profile: Array.from(profile, (value) => Number(value.toPrecision(DIGITS))),
    }));
  }

  #catchUp(detector: EmergingDetector, nowMs: number): Detection[] {
    const waiting = this.#waiting.splice(0);
    for (const happening of waiting) detector.count(happening, nowMs);
    return waiting
      .filter(({ occurredAtMs }) => occurredAtMs > nowMs - FRESH_MS)
      .flatMap(({ cell }) => detector.look(cell, nowMs) ?? []);
  }

  #detectorOf(bytes?: Uint8Array): EmergingDetector {
    if (this.#calibration === undefined) throw new Error('a detector needs to know what chance does');
    const { tail, dispersion } = this.#calibration;
    const { grid, promisedDays } = this.#options;
    return new EmergingDetector(
      { grid, expectation: this.#expectation, dispersion, tail, promisedDays },
      bytes,
    );
  }
}

/** Closer than any expectation is known. */
const DIGITS = 5;
/** Every forecaster finds out the same. */
const SEED = 1;

function haveMoved(before: Completeness | null, now: Completeness | null): boolean {
  return DELAY_EDGES_HOURS.some(
    (_, edge) => Math.abs((before?.[edge] ?? 1) - (now?.[edge] ?? 1)) > DELAYS_CHANGED,
  );
}
