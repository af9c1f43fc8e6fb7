/** A unit's minutes are the same whatever order its pings come in, and none is made up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dwellChange, dwellOf, LONGEST_GAP_MS, type Dose, type Ping } from '../../../models/patrols/dwell.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';

const START_MS = Date.parse('2026-03-01T21:00:00Z');
const ping = (cell: string, minutes: number): Ping => ({ cell, atMs: START_MS + minutes * MINUTE_MS });
const minutesOf = (doses: readonly Dose[]): Record<string, number> =>
  Object.fromEntries(
    doses.map(({ cell, hourMs, milliseconds }) => [
      `${cell}+${(hourMs - START_MS) / HOUR_MS}h`,
      milliseconds / MINUTE_MS,
    ]),
  );

describe('the time between two pings', () => {
  it('falls to their cell', () => {
    expect(minutesOf(dwellOf([ping('a', 0), ping('a', 1), ping('a', 3)]))).toEqual({ 'a+0h': 3 });
  });

  it('is shared by two cells in halves', () => {
    expect(minutesOf(dwellOf([ping('a', 0), ping('b', 1), ping('b', 2)]))).toEqual({
      'a+0h': 0.5,
      'b+0h': 1.5,
    });
  });

  it('is shared by two hours as it lies in them', () => {
    expect(minutesOf(dwellOf([ping('a', 58), ping('a', 61)]))).toEqual({ 'a+0h': 2, 'a+1h': 1 });
  });

  it('counts nowhere where it is longer than five minutes', () => {
    expect(minutesOf(dwellOf([ping('a', 0), ping('a', 5)]))).toEqual({ 'a+0h': 5 });
    expect(dwellOf([ping('a', 0), { cell: 'a', atMs: START_MS + LONGEST_GAP_MS + 1 }])).toEqual([]);
    expect(dwellOf([ping('a', 0)])).toEqual([]);
  });
});

const pings = fc.uniqueArray(
  fc.record({
    atMs: fc.integer({ min: 0, max: 3 * HOUR_MS }).map((ms) => START_MS + ms),
    cell: fc.constantFrom('a', 'b', 'c'),
  }),
  { selector: ({ atMs }) => atMs, maxLength: 60 },
);

it('adds up the same in any order and in portions of any size', () => {
  fc.assert(
    fc.property(
      pings,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }),
      (all, sizes) => {
        const sums: Record<string, number> = {};
        for (let known: Ping[] = []; known.length < all.length;) {
          const more = all.slice(known.length, known.length + (sizes.pop() ?? 1));
          for (const { cell, hourMs, milliseconds } of dwellChange(known, more)) {
            sums[`${cell}|${hourMs}`] = (sums[`${cell}|${hourMs}`] ?? 0) + milliseconds;
          }
          known = [...known, ...more];
        }
        const whole = dwellOf(all.toReversed()).map(({ cell, hourMs, milliseconds }) => [
          `${cell}|${hourMs}`,
          milliseconds,
        ]);
        expect(Object.fromEntries(Object.entries(sums).filter(([, ms]) => ms !== 0))).toEqual(
          Object.fromEntries(whole),
        );
      },
    ),
  );
});

it('never gives more time than passed', () => {
  fc.assert(
    fc.property(pings, (all) => {
      const times = all.map(({ atMs }) => atMs);
      const passed = all.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
      const given = dwellOf(all).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      expect(given).toBeLessThanOrEqual(passed);
    }),
  );
});
