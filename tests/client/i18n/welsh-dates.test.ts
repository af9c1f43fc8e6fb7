/** Dates in Welsh, with and without a runtime that knows them. */
import { afterEach, describe, expect, it } from 'vitest';
import { formatCount, formatExpected, formatTime } from '../../../client/i18n/format.ts';
import { setLanguage } from '../../../client/i18n/language.svelte.ts';
import { welshFormat } from '../../../client/i18n/welsh-dates.ts';
import { DAY_MS } from '../../../shared/time.ts';

const SHAPES: Intl.DateTimeFormatOptions[] = [
  { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  { weekday: 'long', day: 'numeric', month: 'long' },
  { day: 'numeric', month: 'short' },
  { month: 'short', year: 'numeric' },
  { weekday: 'short', day: 'numeric', month: 'long' },
  { month: 'long', year: 'numeric' },
];
const A_YEAR = Array.from({ length: 365 }, (_, day) => Date.UTC(2026, 0, 1, 13, 5, 6) + day * DAY_MS);

describe('dates in Welsh', () => {
  afterEach(() => {
    setLanguage('en');
  });

  it('need a stand-in in Chromium alone: Node knows them', () => {
    expect(Intl.DateTimeFormat.supportedLocalesOf('cy-GB')).toEqual(['cy-GB']);
  });

  it.each(SHAPES)('read the same from the stand-in as from a runtime that knows Welsh: %o', (options) => {
    const real = new Intl.DateTimeFormat('cy-GB', { timeZone: 'UTC', ...options });
    const standIn = welshFormat({ timeZone: 'UTC', ...options });
    expect(A_YEAR.map((instant) => standIn.format(instant))).toEqual(
      A_YEAR.map((instant) => real.format(instant)),
    );
  });

  it('follow the chosen language, and numbers keep their marks', () => {
    const noon = Date.UTC(2026, 10, 24, 12);
    expect(formatTime(noon, 'UTC', 'date')).toBe('Tue, 24 Nov 2026');
    setLanguage('cy');
    expect(formatTime(noon, 'UTC', 'date')).toBe('Maw, 24 Tach 2026');
    expect([formatCount(12_345), formatExpected(0.31)]).toEqual(['12,345', '0.31']);
  });
});
