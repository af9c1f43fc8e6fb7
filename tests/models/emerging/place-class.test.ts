/** The classes of emerging places: what each means, since when, and that none flaps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advancePlace, COLD_PLACE, isForgotten, STEP_MS } from '../../../models/emerging/place-class.ts';
import type { PlaceState, PlaceStep } from '../../../models/emerging/place-class.ts';
import { mannKendall } from '../../../models/emerging/trend.ts';
import type { EmergingClass } from '../../../shared/alert.ts';

const LEVELS = { enter: 10, stay: 6 };
const START_MS = Date.UTC(2026, 2, 6, 20);

/** What the place is after each step. */
function live(steps: readonly PlaceStep[]): PlaceState[] {
  let state = COLD_PLACE;
  return steps.map((step, i) => (state = advancePlace(state, step, START_MS + i * STEP_MS, LEVELS)));
}

const hot = (observed = 3): PlaceStep => ({ score: 12, observed, expected: 0.5 });
const cold: PlaceStep = { score: 0, observed: 0, expected: 0.5 };
const repeat = (step: PlaceStep, times: number): PlaceStep[] => Array.from({ length: times }, () => step);
const last = (steps: readonly PlaceStep[]): PlaceState => live(steps).at(-1) ?? COLD_PLACE;

describe('a place', () => {
  it('is new for its first hour, since the moment it stood out', () => {
    const states = live([...repeat(cold, 4), ...repeat(hot(), 4)]);
    expect(states.slice(4).map((state) => state.class)).toEqual(['new', 'new', 'new', 'new']);
    expect(last([...repeat(cold, 4), hot(), hot()])).toMatchObject({ sinceMs: START_MS + 4 * STEP_MS });
  });

  it('then persists, since the time it stood out, and in its class since later', () => {
    expect(last(repeat(hot(), 10))).toMatchObject({
      class: 'persistent',
      sinceMs: START_MS,
      classSinceMs: START_MS + 5 * STEP_MS,
    });
  });

  it('intensifies where more and more comes, and diminishes where less and less does', () => {
    expect(last(Array.from({ length: 12 }, (_, i) => hot(i))).class).toBe('intensifying');
    expect(last(Array.from({ length: 12 }, (_, i) => hot(12 - i))).class).toBe('diminishing');
  });

  it('is sporadic where it comes and goes', () => {
    expect(last([...repeat(hot(), 4), ...repeat(cold, 8), hot()]).class).toBe('sporadic');
  });

  it('is over after a cold hour, and forgotten after a cold day', () => {
    expect(last([...repeat(hot(), 6), ...repeat(cold, 3)]).class).toBe('persistent');
    expect(last([...repeat(hot(), 6), ...repeat(cold, 4)]).class).toBeNull();
    expect(isForgotten(last([...repeat(hot(), 6), ...repeat(cold, 60)]))).toBe(false);
    expect(isForgotten(last([...repeat(hot(), 6), ...repeat(cold, 96)]))).toBe(true);
  });

  it('stays hot where its score wavers around the bound', () => {
    const score = fc.double({ min: LEVELS.stay, max: LEVELS.enter + 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 120 }), (scores) => {
        const wavering = scores.map((one) => ({ ...hot(), score: one }));
        for (const state of live([hot(), ...wavering])) {
          expect(state.isHot).toBe(true);
          expect(state.sinceMs).toBe(START_MS);
        }
      }),
    );
  });

  it('never becomes hot below the bound', () => {
    const score = fc.double({ min: 0, max: LEVELS.enter - 0.001, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { maxLength: 120 }), (scores) => {
        for (const state of live(scores.map((one) => ({ ...hot(), score: one })))) {
          expect(state.class).toBeNull();
        }
      }),
    );
  });

  it('keeps a class for half an hour at least, whatever comes: only what is new gives way', () => {
    const step = fc.record({
      score: fc.double({ min: 0, max: 20, noNaN: true }),
      observed: fc.integer({ min: 0, max: 12 }),
      expected: fc.constant(0.5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const classes = live(steps).map((state) => state.class);
        let sinceStep = 0;
        classes.forEach((current, i) => {
          const before = classes[i - 1] ?? null;
          if (i === 0 || current === before) return;
          if (before !== null) expect(i - sinceStep).toBeGreaterThanOrEqual(2);
          sinceStep = i;
        });
        // Changes that a steady answer takes are rare: at most one in two steps.
        expect(changes(classes)).toBeLessThanOrEqual(classes.length / 2 + 1);
      }),
    );
  });

  it('goes from hour to hour without flapping between trends where chance alone moves its counts', () => {
    // Poisson counts of 2 around, as they come where nothing changes.
    const counts = [2, 1, 3, 2, 0, 4, 2, 1, 2, 3, 1, 2, 5, 1, 0, 2, 3, 2, 2, 1, 1, 3, 2, 4, 2, 1, 2, 0, 3, 2];
    const classes = live(counts.map((count) => hot(count))).map((state) => state.class);
    expect(new Set(classes)).toEqual(new Set<EmergingClass>(['new', 'persistent']));
  });
});

function changes(classes: readonly (EmergingClass | null)[]): number {
  return classes.filter((current, i) => i > 0 && current !== classes[i - 1]).length;
}

describe("Mann and Kendall's test", () => {
  it('agrees with a worked example', () => {
    // Gilbert (1987), section 16.4: S = 22 of 10 values without ties gives Z = 21 / √125.
    const values = [10, 22, 21, 30, 22.5, 30.5, 40, 40.5, 20, 39];
    const pairs = values.flatMap((one, i) => values.slice(i + 1).map((other) => Math.sign(other - one)));
    const rises = pairs.reduce((sum, sign) => sum + sign, 0);
    expect(mannKendall(values)).toBeCloseTo((rises - 1) / Math.sqrt(125), 10);
  });

  it('is silent of what is all alike or too short, and turns with its sign', () => {
    expect(mannKendall([3, 3, 3, 3])).toBe(0);
    expect(mannKendall([1, 2])).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 20 }), (values) => {
        expect(mannKendall(values.map((value) => -value))).toBeCloseTo(-mannKendall(values), 10);
      }),
    );
  });
});
