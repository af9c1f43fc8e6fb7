/** What the issued forecasts expect of a window, each used only for windows that opened after its issue. */
import { DAY_MS, HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { weighWindow, type WeeklyProfile } from '../features/weekly-profile.ts';
import { forEachStep, QUARTER_MS, reportedOf, totalOf } from './expectation.ts';
import type { ExpectationSource, ReportedShare, WeighedLayer, WindowExpectation } from './expectation.ts';
import { LONGEST_WINDOW_MS, WINDOW_COUNT, WINDOW_MS } from './scan-windows.ts';
import type { WeeklyField } from './weekly-field.ts';

/** A forecast as it was issued. Times are epoch milliseconds. */
export interface Edition {
  issuedMs: number;
  fromMs: number;
  toMs: number;
  /** Expected incidents in the window, by index in the scan's grid. */
  expected: Float32Array;
  /** How the force's incidents of the theme spread over the week, as known at the issue. */
  profile: WeeklyProfile;
}

interface Kept extends Edition {
  total: number;
  weightedHours: number;
}

/** What such an edition says of a later window is said better by the next: it is not kept for long. */
const SHORT_HORIZON_MS = HOUR_MS;

export class IssuedExpectation implements ExpectationSource {
  readonly #timeZone: TimeZone;
  #reportedShare: ReportedShare | undefined;
  /** Latest issue first; of one issue the shortest horizon first. */
  #editions: Kept[] = [];

  constructor(timeZone: TimeZone, reportedShare?: ReportedShare) {
    this.#timeZone = timeZone;
    this.#reportedShare = reportedShare;
  }

  get editions(): readonly Edition[] {
    return this.#editions;
  }

  /** From now on it expects so much of what happened to be known. */
  tellsOf(reportedShare: ReportedShare): void {
    this.#reportedShare = reportedShare;
  }

  /** Takes an issued forecast in, in any order, and lets go of those that no window needs any more. */
  add(edition: Edition): void {
    const { weightedHours } = weighWindow(edition, edition.profile, this.#timeZone);
    this.#editions.push({ ...edition, total: totalOf(edition.expected), weightedHours });
    this.#editions.sort((one, other) => other.issuedMs - one.issuedMs || one.toMs - other.toMs);
    const nowMs = this.#editions[0]?.issuedMs ?? 0;
    this.#editions = this.#editions.filter((kept) => this.#isNeeded(kept, nowMs));
  }

  at(nowMs: number): WindowExpectation {
    const byEdition = new Map<Kept, WeighedLayer>();
    const isKnown = Array.from(WINDOW_MS, (windowMs, window) => {
      const known = this.#editions.filter(({ issuedMs }) => issuedMs <= nowMs - windowMs);
      const [latestIssued] = known;
      if (latestIssued === undefined) return false;
      // Beyond all horizons, the rates of the last whole day's forecast go on with the force's week.
      const beyond = known.reduce((longest, next) =>
        next.toMs - next.fromMs > longest.toMs - longest.fromMs ? next : longest,
      );
      forEachStep({ fromMs: nowMs - windowMs, toMs: nowMs, stepMs: QUARTER_MS }, (fromMs, toMs) => {
        const edition = known.find((one) => one.fromMs <= fromMs && toMs <= one.toMs) ?? beyond;
        const { weights } = weighed(byEdition, edition);
        const hours = weighWindow({ fromMs, toMs }, edition.profile, this.#timeZone).weightedHours;
        const reported = reportedOf(this.#reportedShare, { fromMs, toMs, nowMs });
        weights[window] = (weights[window] ?? 0) + (hours / edition.weightedHours) * reported;
      });
      return true;
    });
    return { layers: [...byEdition.values()], isKnown };
  }

  /** The week as the latest day's forecasts see it, to draw replicas from; `undefined` before a whole day is forecast. */
  weeklyField(): WeeklyField | undefined {
    const day = this.#editions.find(({ fromMs, toMs }) => toMs - fromMs >= DAY_MS);
    if (day === undefined) return undefined;
    const hours = Array.from(day.profile, (busy) => ({ layer: 0, weight: busy / day.weightedHours }));
    return { layers: [day.expected], hours };
  }

  /** Of each horizon, all that were issued within the longest window, and the last before it. */
  #isNeeded({ issuedMs, fromMs, toMs }: Kept, nowMs: number): boolean {
    if (toMs - fromMs <= SHORT_HORIZON_MS) return toMs > nowMs - SHORT_HORIZON_MS;
    const openedMs = nowMs - LONGEST_WINDOW_MS;
    return !this.#editions.some(
      (later) =>
        later.toMs - later.fromMs === toMs - fromMs &&
        later.issuedMs > issuedMs &&
        later.issuedMs <= openedMs,
    );
  }
}

function weighed(byEdition: Map<Kept, WeighedLayer>, edition: Kept): WeighedLayer {
  let layer = byEdition.get(edition);
  if (layer === undefined) {
    const { expected, total } = edition;
    byEdition.set(edition, (layer = { expected, total, weights: new Float64Array(WINDOW_COUNT) }));
  }
  return layer;
}
