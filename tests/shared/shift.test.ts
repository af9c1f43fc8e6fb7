/** Shifts by the clock on the wall. */
import { describe, expect, it } from 'vitest';
import { shiftAt, shiftOf } from '../../shared/shift.ts';
import { HOUR_MS, TimeZone } from '../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');
const at = (text: string): number => Date.parse(text);
const told = (text: string): string[] => {
  const { fromMs, toMs } = shiftAt(at(text), LONDON);
  return [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16));
};

describe('a shift', () => {
  it.each([
    ['2026-01-10T05:59:59Z', '2026-01-09T22:00', '2026-01-10T06:00'],
    ['2026-01-10T06:00:00Z', '2026-01-10T06:00', '2026-01-10T14:00'],
    ['2026-01-10T21:59:59Z', '2026-01-10T14:00', '2026-01-10T22:00'],
    ['2026-01-10T23:30:00Z', '2026-01-10T22:00', '2026-01-11T06:00'],
    // Summer time.
    ['2026-06-10T13:30:00Z', '2026-06-10T13:00', '2026-06-10T21:00'],
  ])('at %s is that from %s to %s', (text, from, to) => {
    expect(told(text)).toEqual([from, to]);
  });

  it('lasts seven hours or nine where clocks change at night', () => {
    const hours = (text: string): number => {
      const { fromMs, toMs } = shiftAt(at(text), LONDON);
      return (toMs - fromMs) / HOUR_MS;
    };
    expect([hours('2026-03-29T02:00:00Z'), hours('2026-10-25T02:00:00Z')]).toEqual([7, 9]);
  });

  it('is known by its start, and no other span is one', () => {
    const shift = shiftAt(at('2026-01-10T15:00:00Z'), LONDON);
    expect(shiftOf(shift, LONDON)).toBe(14);
    expect(shiftOf({ ...shift, toMs: shift.toMs - 1 }, LONDON)).toBeNull();
    expect(shiftOf({ fromMs: shift.fromMs - HOUR_MS, toMs: shift.toMs - HOUR_MS }, LONDON)).toBeNull();
  });
});
