/** What speaks against a forecast is said where it is so, and not where it is chance. */
import { describe, expect, it } from 'vitest';
import { naiveMapOf, objectionsTo, type Evidence } from '../../../models/explanation/objections.ts';
import { spreadOf } from '../../../models/interval.ts';
import { DAY_MS } from '../../../shared/time.ts';
import { knownIncident, START_MS } from '../../support/known-incidents.ts';

const NOW_MS = START_MS + 400 * DAY_MS;

/** Incidents so many days ago. */
const daysAgo = (days: readonly number[]) =>
  days.map((day) => knownIncident({ occurredAtMs: NOW_MS - day * DAY_MS }));
const everyThirdDay = Array.from({ length: 121 }, (_, i) => 3 * i + 1);

function objections(change: Partial<Evidence> & { expected?: number } = {}): string[] {
  const here = change.here ?? daysAgo(everyThirdDay);
  const expected = change.expected ?? 0.3;
  return objectionsTo({
    ...{ expected, rhythm: 0, dispersion: 0.1, spread: spreadOf(expected, 0.1), nowMs: NOW_MS },
    ...{ theme: 'burglary', fittedOn: 'burglary', here, hereAndAround: here },
    naiveMap: naiveMapOf(here, { nowMs: NOW_MS, knownDays: 1_000, weightedHours: 24 }),
    ...change,
  }).map(({ objection }) => objection);
}

describe('last year’s map', () => {
  it('counts a year at most, and no further back than is known', () => {
    const all = daysAgo([...everyThirdDay, 366, 390]);
    const at = { nowMs: NOW_MS, weightedHours: 12 };
    expect(naiveMapOf(all, { ...at, knownDays: 1_000 })).toEqual({
      expected: 121 / 365 / 2,
      incidents: 121,
      days: 365,
    });
    expect(naiveMapOf(daysAgo([1, 2]), { ...at, knownDays: 10 })).toEqual({
      expected: 0.1,
      incidents: 2,
      days: 10,
    });
    expect(naiveMapOf([], { ...at, knownDays: 0 })).toEqual({ expected: 0, incidents: 0, days: 1 });
  });
});

describe('what speaks against a forecast', () => {
  it('is that nothing may happen, and no more, where all is as usual', () => {
    expect(objections()).toEqual(['none-is-possible']);
    expect(objections({ expected: 0.36 })).toEqual(['none-is-possible']);
  });

  it('is that it was quiet lately, beyond chance', () => {
    const quiet = daysAgo(everyThirdDay.filter((day) => day > 30));
    expect(objections({ here: quiet, hereAndAround: quiet })).toContain('quiet-lately');
    const chance = daysAgo(everyThirdDay.filter((day) => day > 12));
    expect(objections({ here: chance, hereAndAround: chance })).not.toContain('quiet-lately');
  });

  it('is what its hours take away, not what they add', () => {
    expect(objections({ rhythm: -0.1 })).toContain('other-hours');
    expect(objections({ rhythm: 0.1 })).not.toContain('other-hours');
  });

  it('is that last year’s map expects clearly less', () => {
    expect(objections({ expected: 0.5 })).toContain('naive-map-lower');
  });

  it('is that few incidents or another theme’s weights are behind it', () => {
    const few = daysAgo([5, 50]);
    expect(objections({ here: few, hereAndAround: few })).toContain('few-incidents');
    expect(objections({ fittedOn: 'vawg' })).toContain('borrowed-weights');
  });

  it('is nothing where much is sure to come', () => {
    expect(objections({ expected: 0.33, spread: spreadOf(12, 0.1) })).toEqual([]);
  });
});
