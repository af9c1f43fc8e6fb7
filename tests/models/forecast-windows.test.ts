/** Windows follow the local clock, also where it changes. */
import { describe, expect, it } from 'vitest';
import { hourWindows, monthWindows } from '../../models/forecast-windows.ts';
import { formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';

const timeZone = new TimeZone('America/Chicago');
const day = (year: number, month: number, date: number): number =>
  timeZone.instantOf({ year, month, day: date, hour: 0, minute: 0, second: 0 }) ?? NaN;
const starts = (windows: { fromMs: number }[]): string[] =>
  windows.map(({ fromMs }) => formatInstant(fromMs + timeZone.offsetMs(fromMs)).slice(5, 16));

describe('hourWindows', () => {
  it('begins days at local midnight on both sides of a change of clocks', () => {
    const windows = hourWindows({ fromMs: day(2019, 11, 2), toMs: day(2019, 11, 6) }, 24, timeZone);
    expect(starts(windows)).toEqual(['11-02T00:00', '11-03T00:00', '11-04T00:00', '11-05T00:00']);
    expect(windows.every(({ fromMs, toMs }) => toMs - fromMs === 24 * HOUR_MS)).toBe(true);
  });

  it('begins shifts at 06, 14 and 22 as they are issued', () => {
    const windows = hourWindows({ fromMs: day(2019, 11, 3), toMs: day(2019, 11, 5) }, 8, timeZone);
    expect(starts(windows)).toEqual([
      '11-03T06:00',
      '11-03T14:00',
      '11-03T22:00',
      '11-04T06:00',
      '11-04T14:00',
    ]);
  });

  it('goes by weeks for a week', () => {
    const windows = hourWindows({ fromMs: day(2019, 1, 1), toMs: day(2019, 2, 1) }, 168, timeZone);
    expect(starts(windows)).toEqual(['01-01T00:00', '01-08T00:00', '01-15T00:00', '01-22T00:00']);
  });

  it('lets no window reach beyond the span', () => {
    const span = { fromMs: day(2019, 3, 1), toMs: day(2019, 3, 11) };
    expect(hourWindows(span, 24, timeZone).every(({ toMs }) => toMs <= span.toMs)).toBe(true);
  });

  it.each([5, 0, 36, 1.5, NaN])('refuses %s hours, which do not fit into local days', (hours) => {
    expect(() => hourWindows({ fromMs: 0, toMs: 1 }, hours, timeZone)).toThrow(RangeError);
  });
});

describe('monthWindows', () => {
  it('takes whole local months', () => {
    const windows = monthWindows({ fromMs: day(2019, 11, 1), toMs: day(2020, 2, 15) }, timeZone);
    expect(starts(windows)).toEqual(['11-01T00:00', '12-01T00:00', '01-01T00:00']);
    expect(windows.at(-1)?.toMs).toBe(day(2020, 2, 1));
  });
});
