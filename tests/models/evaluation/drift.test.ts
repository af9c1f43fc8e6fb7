/** When forecasts are said to drift, when not, and when they have recovered. */
import { describe, expect, it } from 'vitest';
import { driftOf, hasRecovered, type DayTotals } from '../../../models/evaluation/drift.ts';
import { seededRandom } from '../../support/known-incidents.ts';

const BOUNDS = { low: 2 / 3, high: 1.5 };
const DISPERSION = 0.3;

function days(count: number, expected: number, observed: number, gainOverNaive = 1): DayTotals[] {
  return Array.from({ length: count }, () => ({ expected, observed, gainOverNaive }));
}

/** Days whose counts scatter as the model says: bursts of 1 + θ on average. */
function drawn(count: number, expected: number, ratio: number, seed: number): DayTotals[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    let observed = 0;
    for (let i = 0; i < 20 * expected; i++) {
      if (random() < ratio / 20 / (1 + DISPERSION)) observed += random() < DISPERSION ? 2 : 1;
    }
    return { expected, observed, gainOverNaive: (random() - 0.5) * expected * 0.2 };
  });
}

describe('the level', () => {
  it('drifts where a week brings far fewer incidents than were expected, or far more', () => {
    expect(driftOf(days(7, 40, 16), BOUNDS, DISPERSION)).toMatchObject({
      ...{ kind: 'fewer', days: 7, expected: 280, observed: 112 },
    });
    expect(driftOf(days(7, 40, 80), BOUNDS, DISPERSION)?.kind).toBe('more');
    expect(driftOf(days(7, 40, 0), BOUNDS, DISPERSION)?.kind).toBe('fewer');
  });

  it('does not while the bounds hold, however many incidents make it certain', () => {
    expect(driftOf(days(28, 4_000, 2_800), BOUNDS, DISPERSION)).toBeUndefined();
    expect(driftOf(days(28, 4_000, 5_900), BOUNDS, DISPERSION)).toBeUndefined();
  });

  it('does not where few incidents make any ratio chance', () => {
    expect(driftOf([...days(6, 0.2, 0), ...days(1, 0.2, 4)], BOUNDS, DISPERSION)).toBeUndefined();
    expect(driftOf(days(7, 0.5, 0), BOUNDS, DISPERSION)).toBeUndefined();
  });

  it('asks for more where single days are out of all proportion', () => {
    expect(driftOf([...days(6, 40, 40), ...days(1, 40, 260)], BOUNDS, DISPERSION)).toBeUndefined();
  });

  it('needs a week, and looks at the last one only', () => {
    expect(driftOf(days(6, 40, 0), BOUNDS, DISPERSION)).toBeUndefined();
    expect(driftOf([...days(14, 40, 0), ...days(7, 40, 40)], BOUNDS, DISPERSION)).toBeUndefined();
  });

  it('is hardly ever called drift by chance, near the bound too', () => {
    for (const ratio of [0.75, 1, 1.35]) {
      for (const expected of [0.3, 3, 30]) {
        const called = Array.from({ length: 300 }, (_, i) => drawn(28, expected, ratio, i + 1)).filter(
          (series) => driftOf(series, BOUNDS, DISPERSION) !== undefined,
        );
        expect(called.length).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('the gain', () => {
  const losing = (days: number, by: number): DayTotals[] =>
    Array.from({ length: days }, (_, day) => ({
      ...{ expected: 40, observed: 40, gainOverNaive: -by + (day % 2 === 0 ? 1 : -1) },
    }));

  it('drifts where the naive map is better day after day', () => {
    const found = driftOf(losing(28, 2), BOUNDS, DISPERSION);
    expect(found).toMatchObject({ kind: 'worse-than-naive', days: 28 });
    expect(found?.gainOverNaive).toBeCloseTo(-2 / 40, 10);
  });

  it('does not where it is better by chance, or for too few days', () => {
    expect(driftOf(losing(28, 0.3), BOUNDS, DISPERSION)).toBeUndefined();
    expect(driftOf(losing(13, 2), BOUNDS, DISPERSION)).toBeUndefined();
  });

  it('drifts where an incident came where none was thought possible', () => {
    const ruledOut = [...losing(13, -1), { expected: 40, observed: 40, gainOverNaive: -Infinity }];
    expect(driftOf(ruledOut, BOUNDS, DISPERSION)?.kind).toBe('worse-than-naive');
  });
});

describe('recovery', () => {
  it('takes a week well inside of the bounds, and the naive map outdone', () => {
    expect(hasRecovered(days(7, 40, 36), BOUNDS)).toBe(true);
    expect(hasRecovered([...days(21, 40, 0), ...days(7, 40, 40)], BOUNDS)).toBe(true);
    expect(hasRecovered(days(6, 40, 40), BOUNDS)).toBe(false);
    expect(hasRecovered(days(7, 40, 29), BOUNDS)).toBe(false);
    expect(hasRecovered(days(7, 40, 52), BOUNDS)).toBe(false);
    expect(hasRecovered(days(7, 40, 40, -0.1), BOUNDS)).toBe(false);
    expect(hasRecovered(days(7, 0, 0), BOUNDS)).toBe(false);
  });

  it('is never said of what drifts', () => {
    for (let seed = 1; seed < 200; seed++) {
      const series = drawn(28, 5, 0.2 + (seed % 20) / 5, seed);
      if (hasRecovered(series, BOUNDS)) expect(driftOf(series, BOUNDS, DISPERSION)).toBeUndefined();
    }
  });
});
