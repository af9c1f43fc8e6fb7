/** Whether a hotspot has had its dose, from when units were there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dwellOf } from '../../../models/patrols/dwell.ts';
import { doseAccount, type DoseAccount } from '../../../models/patrols/dose-account.ts';
import { stretchAround, type Stretch } from '../../../models/patrols/presence.ts';
import { MINUTE_MS } from '../../../shared/time.ts';

const visit = (fromMinute: number, toMinute: number): Stretch => ({
  fromMs: fromMinute * MINUTE_MS,
  toMs: toMinute * MINUTE_MS,
});

function at(minute: number, ...visits: Stretch[]): DoseAccount {
  return doseAccount(visits, {
    ...{ doseMinutes: 15, everyMinutes: 120, fromMs: 0, nowMs: minute * MINUTE_MS },
  });
}

describe('a dose', () => {
  it('is due from the moment it was tasked, until somebody is there', () => {
    expect(at(30)).toEqual({ state: 'due', minutes: 0, totalMinutes: 0, lastVisitMs: null, dueMs: 0 });
    expect(at(12, visit(5, 12))).toMatchObject({ state: 'under-way', minutes: 7, dueMs: 5 * MINUTE_MS });
  });

  it('that a visit broke off is still due', () => {
    expect(at(40, visit(5, 12))).toMatchObject({ state: 'due', minutes: 7, dueMs: 5 * MINUTE_MS });
  });

  it('is delivered by several visits, of several units, and due again two hours after the first began', () => {
    const account = at(60, visit(5, 12), visit(20, 28));
    expect(account).toMatchObject({ state: 'delivered', minutes: 15, dueMs: 125 * MINUTE_MS });
    expect(at(130, visit(5, 12), visit(20, 28))).toMatchObject({
      ...{ state: 'due', minutes: 0, totalMinutes: 15 },
      ...{ lastVisitMs: 28 * MINUTE_MS, dueMs: 125 * MINUTE_MS },
    });
  });

  it('is too much from a whole minute beyond it on, within its window alone', () => {
    expect(at(60, visit(0, 15.9)).state).toBe('delivered');
    expect(at(60, visit(0, 16)).state).toBe('over-dosed');
    expect(at(100, visit(0, 10), visit(50, 60)).state).toBe('over-dosed');
    expect(at(135, visit(0, 10), visit(120, 130))).toMatchObject({ state: 'under-way', minutes: 10 });
  });

  it('of a stay over the window’s end is shared between the two', () => {
    expect(at(130, visit(0, 1), visit(110, 128))).toMatchObject({ minutes: 8, totalMinutes: 19 });
  });

  it('counts nothing before it was tasked, nor what is still to come', () => {
    const account = doseAccount([visit(0, 30)], {
      ...{ doseMinutes: 15, everyMinutes: 120, fromMs: 10 * MINUTE_MS, nowMs: 22 * MINUTE_MS },
    });
    expect(account.totalMinutes).toBe(12);
  });
});

it('stretches are as long as the minutes that the same pings come to', () => {
  const ping = fc.record({ atMs: fc.integer({ min: 0, max: 7_200_000 }), cell: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(fc.uniqueArray(ping, { selector: ({ atMs }) => atMs }), (pings) => {
      const inOrder = pings.toSorted((one, other) => one.atMs - other.atMs);
      const stretched = inOrder.map(({ atMs, cell }, place) => {
        const [before, after] = [inOrder[place - 1], inOrder[place + 1]];
        const { fromMs, toMs } = stretchAround({
          ...{ beforeMs: before?.atMs ?? null, atMs, afterMs: after?.atMs ?? null },
        });
        return cell === 'a' ? toMs - fromMs : 0;
      });
      const dwelt = dwellOf(pings).filter(({ cell }) => cell === 'a');
      const sum = (lengths: number[]): number => lengths.reduce((total, length) => total + length, 0);
      expect(sum(stretched)).toBe(sum(dwelt.map(({ milliseconds }) => milliseconds)));
    }),
  );
});
