/** When forecasts are issued: 1 h on the hour, 8 h at 06, 14 and 22, 24 h at 00, local time. */
import { HORIZONS, type HorizonHours } from '../../shared/forecast.ts';
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';

const IS_ISSUE_HOUR: Record<HorizonHours, (localHour: number) => boolean> = {
  1: () => true,
  8: (hour) => hour % 8 === 6,
  24: (hour) => hour === 0,
};

export interface DueIssue {
  horizonHours: HorizonHours;
  /** The window's start, epoch milliseconds. */
  issueMs: number;
}

/** Follows the clock and names each issue once, as its time is reached. */
export class IssueSchedule {
  readonly #timeZone: TimeZone;
  #reachedMs: number | undefined;
  /** Issues that could not be made, by the clock's haste. */
  skipped = 0;

  constructor(timeZone: TimeZone) {
    this.#timeZone = timeZone;
  }

  /**
   * Issues whose time lies after the last call's and not after `nowMs`: of each horizon the latest, the
   * ones before it are skipped and counted. The first call starts the schedule and names none; a clock
   * that nobody has set yet stands at 0 and starts nothing. Cost: the hours passed.
   */
  advance(nowMs: number): DueIssue[] {
    const from = this.#reachedMs;
    if (nowMs <= (from ?? 0)) return [];
    this.#reachedMs = nowMs;
    if (from === undefined) return [];
    const latest = new Map<HorizonHours, number>();
    for (let hour = Math.floor(from / HOUR_MS) + 1; hour * HOUR_MS <= nowMs; hour++) {
      const issueMs = hour * HOUR_MS;
      const { hourOfDay } = this.#timeZone.localTime(issueMs);
      for (const horizonHours of HORIZONS) {
        if (!IS_ISSUE_HOUR[horizonHours](hourOfDay)) continue;
        if (latest.has(horizonHours)) this.skipped++;
        latest.set(horizonHours, issueMs);
      }
    }
    return [...latest].map(([horizonHours, issueMs]) => ({ horizonHours, issueMs }));
  }

  /** Counts issues that were due and not made after all. */
  skip(issues: readonly DueIssue[]): void {
    this.skipped += issues.length;
  }
}
