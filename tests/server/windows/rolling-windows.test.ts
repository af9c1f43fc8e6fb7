/** Windows roll on event time: what a tick tells is what lay within the hours before it. */
import { map, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { IncidentChange } from '../../../shared/announcement.ts';
import { formatInstant, HOUR_MS } from '../../../shared/time.ts';
import { RollingCounts } from '../../../server/windows/rolling-counts.ts';
import { rollingWindows } from '../../../server/windows/rolling-windows.ts';
import { corrected, NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const before = storedIncident({ occurredAt: formatInstant(NOW_MS - HOUR_MS / 2) });
const CHANGES: Record<string, IncidentChange> = {
  a: { incident: before },
  b: { incident: storedIncident({ occurredAt: formatInstant(NOW_MS - 3 * HOUR_MS) }) },
  c: corrected(before, { status: 'cancelled' }),
};
/** Hours after the beginning; a frame of the marbles says nothing of event time. */
const TICKS: Record<string, number> = { 0: 0, 1: 1, 6: 6, 9: 30 };

interface Told {
  hour: number;
  counts: [number, number, number];
  touched: boolean;
}

function told(changes: Observable<IncidentChange>, ticks: Observable<number>): Observable<Told> {
  const nows = ticks.pipe(map((hours) => NOW_MS + hours * HOUR_MS));
  return rollingWindows(changes, nows, new RollingCounts()).pipe(
    // Taken at once: `counts` is one object that goes on changing.
    map(({ nowMs, counts, touched }) => ({
      hour: (nowMs - NOW_MS) / HOUR_MS,
      counts: [
        counts.count(1, 'all', before.cell),
        counts.count(8, 'all', before.cell),
        counts.count(24, 'all', before.cell),
      ],
      touched,
    })),
  );
}

function expectTold(changes: string, ticks: string, marbles: string, values: Record<string, Told>): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(({ hot, expectObservable }) => {
    expectObservable(told(hot(changes, CHANGES), hot(ticks, TICKS))).toBe(marbles, values);
  });
}

describe('rolling windows', () => {
  it('tell at each tick, and only then, what lies within the hours before it', () => {
    expectTold('ab------|', '--0-1-6-|', '--x-y-z-|', {
      x: { hour: 0, counts: [1, 2, 2], touched: true },
      y: { hour: 1, counts: [0, 2, 2], touched: false },
      z: { hour: 6, counts: [0, 1, 2], touched: false },
    });
  });

  it('empty by the passing of time alone', () => {
    expectTold('a-----|', '-0-9--|', '-x-y--|', {
      x: { hour: 0, counts: [1, 1, 1], touched: true },
      y: { hour: 30, counts: [0, 0, 0], touched: false },
    });
  });

  it('take back what is cancelled between two ticks', () => {
    expectTold('a-c---|', '-0-1--|', '-x-y--|', {
      x: { hour: 0, counts: [1, 1, 1], touched: true },
      y: { hour: 1, counts: [0, 0, 0], touched: true },
    });
  });

  it('tell nothing of incidents while no tick comes', () => {
    expectTold('abc|', '---|', '---|', {});
  });
});
