/** What training takes of the past: its last half year, thinned evenly where it would not fit into memory. */
import { describe, expect, it } from 'vitest';
import { hourWindows } from '../../../models/forecast-windows.ts';
import { isTimedFor, planTraining, thinned } from '../../../models/training/training-plan.ts';
import { DAY_MS, formatInstant, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');

describe('planTraining', () => {
  it('learns from the last half year, and from the later half of a shorter past', () => {
    const long = [knownIncident(), ...unevenPast(patch(1), 800, 2)];
    const latest = planTraining(long, START_MS + 800 * DAY_MS, { hours: 24 }, timeZone);
    // 183 days, less the one that the change of clocks cuts into.
    expect(latest.windows).toHaveLength(182);
    const half = planTraining(long, START_MS + 100 * DAY_MS, { hours: 24 }, timeZone);
    expect(half.windows).toHaveLength(50);
    expect(formatInstant(half.span.fromMs)).toBe('2024-02-20T00:00:00.000Z');
  });
});

describe('thinned', () => {
  it('keeps every shift and weekday alike, and never more than it may', () => {
    const year = hourWindows({ fromMs: START_MS, toMs: START_MS + 364 * DAY_MS }, 8, timeZone);
    const kept = thinned(year, 370);
    expect(kept.length).toBeLessThanOrEqual(370);
    const kinds = Map.groupBy(kept, ({ fromMs }) => timeZone.localTime(fromMs).hourOfWeek);
    expect(kinds.size).toBe(21);
    for (const { length } of kinds.values()) expect(length).toBeGreaterThan(8);
    expect(thinned(year, 5_000)).toEqual(year);
  });
});

describe('isTimedFor', () => {
  it.each([
    ['minute', { hours: 1 }, true],
    ['hour', { hours: 1 }, true],
    ['day', { hours: 8 }, false],
    ['day', { hours: 24 }, true],
    ['month', { hours: 24 }, false],
    ['month', { months: 1 }, true],
  ] as const)('of a time known to the %s and a horizon of %j: %s', (timePrecision, horizon, is) => {
    expect(isTimedFor({ timePrecision }, horizon)).toBe(is);
  });
});
