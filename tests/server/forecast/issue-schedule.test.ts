/** Forecasts are issued at fixed local times, each once; those that the clock passes over are counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, TimeZone } from '../../../shared/time.ts';
import { IssueSchedule, type DueIssue } from '../../../server/forecast/issue-schedule.ts';

const LONDON = new TimeZone('Europe/London');
const LOCAL_HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** Advances from `from` to `to` in steps, and lists what fell due as `horizon@local hour`. */
function issuesBetween(from: string, to: string, stepMs = 5 * MINUTE_MS): string[] {
  const schedule = new IssueSchedule(LONDON);
  const due: DueIssue[] = [];
  for (let now = Date.parse(from); now <= Date.parse(to); now += stepMs) due.push(...schedule.advance(now));
  expect(schedule.skipped).toBe(0);
  return due.map(({ horizonHours, issueMs }) => `${horizonHours}@${LONDON.localTime(issueMs).hourOfDay}`);
}

const horizonsOf = (issues: readonly string[], horizon: number): string[] =>
  issues.filter((issue) => issue.startsWith(`${horizon}@`)).map((issue) => issue.split('@')[1] ?? '');

describe('the times of issue', () => {
  it('are every hour, the shifts’ beginnings, and midnight, in local time', () => {
    // British summer time: local midnight is 23:00 UTC.
    const issues = issuesBetween('2026-06-09T22:30:00Z', '2026-06-10T22:30:00Z');
    expect(horizonsOf(issues, 1)).toHaveLength(24);
    expect(horizonsOf(issues, 8)).toEqual(['6', '14', '22']);
    expect(horizonsOf(issues, 24)).toEqual(['0']);
  });

  it('are 23 in spring’s short day and 25 in autumn’s long one, each shift and midnight once', () => {
    const spring = issuesBetween('2026-03-28T23:59:00Z', '2026-03-29T22:59:00Z');
    expect(horizonsOf(spring, 1)).toHaveLength(23);
    expect(horizonsOf(spring, 1)).not.toContain('1');
    const autumn = issuesBetween('2026-10-24T22:59:00Z', '2026-10-25T23:59:00Z');
    expect(horizonsOf(autumn, 1).filter((hour) => hour === '1')).toHaveLength(2);
    expect(horizonsOf(autumn, 1)).toHaveLength(25);
    for (const day of [spring, autumn]) {
      expect(horizonsOf(day, 8)).toEqual(['6', '14', '22']);
      expect(horizonsOf(day, 24)).toEqual(['0']);
    }
  });

  it('begin a window on the hour, however late the clock comes by', () => {
    const schedule = new IssueSchedule(LONDON);
    schedule.advance(Date.parse('2026-01-10T08:59:59Z'));
    expect(schedule.advance(Date.parse('2026-01-10T09:00:04Z'))).toEqual([
      { horizonHours: 1, issueMs: Date.parse('2026-01-10T09:00:00Z') },
    ]);
    expect(schedule.advance(Date.parse('2026-01-10T09:00:04Z'))).toEqual([]);
  });
});

describe('the schedule', () => {
  it('names nothing at its start', () => {
    expect(new IssueSchedule(LONDON).advance(Date.parse('2026-01-10T09:00:00Z'))).toEqual([]);
  });

  it('names nothing again where the clock is told twice or goes back', () => {
    const schedule = new IssueSchedule(LONDON);
    schedule.advance(Date.parse('2026-01-10T08:30:00Z'));
    expect(schedule.advance(Date.parse('2026-01-10T09:00:00Z'))).toHaveLength(1);
    expect(schedule.advance(Date.parse('2026-01-10T08:00:00Z'))).toEqual([]);
    expect(schedule.advance(Date.parse('2026-01-10T09:30:00Z'))).toEqual([]);
  });

  it('is not begun by a clock that nobody has set, nor by no incident at all', () => {
    const schedule = new IssueSchedule(LONDON);
    for (const unset of [-Infinity, 0]) expect(schedule.advance(unset)).toEqual([]);
    expect(schedule.advance(Date.parse('2019-01-10T08:30:00Z'))).toEqual([]);
    expect(schedule.skipped).toBe(0);
    expect(schedule.advance(Date.parse('2019-01-10T09:00:00Z'))).toHaveLength(1);
  });

  it('names of each horizon the latest, and counts every one that the clock passed over', () => {
    const start = Date.parse('2026-03-20T00:00:00Z');
    fc.assert(
      fc.property(fc.nat(40 * 24 * 60), fc.nat(60 * 24 * 60), (offset, span) => {
        const from = start + offset * MINUTE_MS;
        const to = from + span * MINUTE_MS;
        const all = everyIssue(from, to);
        const schedule = new IssueSchedule(LONDON);
        schedule.advance(from);
        const due = schedule.advance(to);
        expect(due.length + schedule.skipped).toBe(all.length);
        for (const { horizonHours, issueMs } of due) {
          const last = all.filter((issue) => issue.horizonHours === horizonHours).at(-1);
          expect(issueMs).toBe(last?.issueMs);
        }
        expect(new Set(due.map(({ horizonHours }) => horizonHours)).size).toBe(due.length);
        expect(new Set(all.map(({ horizonHours }) => horizonHours)).size).toBe(due.length);
      }),
    );
  });

  it('counts what it is told was not made after all', () => {
    const schedule = new IssueSchedule(LONDON);
    schedule.advance(Date.parse('2026-01-10T05:30:00Z'));
    schedule.skip(schedule.advance(Date.parse('2026-01-10T06:00:00Z')));
    expect(schedule.skipped).toBe(2);
  });
});

/** Hour by hour, by the system’s own calendar. */
function everyIssue(afterMs: number, toMs: number): DueIssue[] {
  const issues: DueIssue[] = [];
  for (let at = Math.floor(afterMs / HOUR_MS + 1) * HOUR_MS; at <= toMs; at += HOUR_MS) {
    const hour = Number(LOCAL_HOUR.format(at));
    issues.push({ horizonHours: 1, issueMs: at });
    if ([6, 14, 22].includes(hour)) issues.push({ horizonHours: 8, issueMs: at });
    if (hour === 0) issues.push({ horizonHours: 24, issueMs: at });
  }
  return issues;
}
