/** How numbers, ages, times and places read. */
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatExpected,
  formatInPeriod,
  formatInterval,
  formatMoment,
  formatOccurred,
  formatPeriods,
  formatPlace,
  formatTime,
} from '../../../client/i18n/format.ts';
import { words } from '../../../client/i18n/words.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { NOON } from '../frames.ts';

describe('what is shown', () => {
  it('gives expectations two figures where they matter', () => {
    expect([0.04, 0.31, 2.14, 9.96, 38.4].map(formatExpected)).toEqual(['0.04', '0.31', '2.1', '10', '38']);
    expect(formatInterval(0, 5)).toBe('0–5');
  });

  it('counts an age in one unit', () => {
    expect([42_000, 119_000, 720_000, 3 * HOUR_MS, 72 * HOUR_MS].map(formatAge)).toEqual([
      '42 s',
      '119 s',
      '12 min',
      '3 h',
      '3 d',
    ]);
  });

  it('tells the local time of the place, summer time included', () => {
    expect(formatTime(NOON, 'Europe/London', 'clock')).toBe('13:00:00');
    expect(formatTime(NOON, 'America/Chicago', 'time')).toBe('07:00');
  });

  it('tells when an incident happened no more finely than is known', () => {
    const tell = (occurred: number, precision: 'minute' | 'hour'): string =>
      formatOccurred(occurred, precision, NOON, 'Europe/London');
    expect(tell(NOON - HOUR_MS, 'minute')).toBe('12:00');
    expect(tell(NOON - HOUR_MS, 'hour')).toBe('~12:00');
    // Half past eleven last night is still told by the hour.
    expect(tell(NOON - 13.5 * HOUR_MS, 'minute')).toBe('23:30');
    expect(tell(NOON - 30 * HOUR_MS, 'minute')).toBe('9 Jun');
  });

  it('tells a day or a month so that nobody takes it for a moment', () => {
    expect(formatInPeriod('2026-06')).toBe('in Jun 2026');
    expect(formatInPeriod('2026-06-03')).toBe('on 3 Jun');
    expect(formatPeriods('2021-03', '2021-03')).toBe('March 2021');
    expect(formatPeriods('2021-03', '2021-04')).toBe('March 2021 to April 2021');
    expect(formatPeriods('2021-03-31', '2021-03-31')).toBe('Wed 31 March');
  });

  it('tells a place by distance and direction from the centre', () => {
    expect(formatPlace([51.5, -0.1], [51.52, -0.07])).toBe('3.0 km NE');
    expect(formatPlace([51.5, -0.1], [51.5005, -0.1])).toBe('centre');
  });

  it('names forces as they are written', () => {
    expect(words.noForecastWhy('avon-and-somerset', 'no model')).toBe('Avon and Somerset: no model');
    expect(words.noForecastWhy('unassigned', 'no model')).toBe('no model');
  });

  it('says a moment to the minute, and of which day it is where that is another', () => {
    const at = (atMs: number): string => formatMoment(atMs, NOON, 'Europe/London');
    expect([at(NOON - 3_600_000), at(NOON - 86_400_000)]).toEqual(['12:00', '9 Jun, 13:00']);
  });
});
