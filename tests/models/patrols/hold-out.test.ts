/** Whether patrols work, on simulated cities of which it is known: the draw, the estimate, and how often its interval holds. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { drawHoldOut } from '../../../models/patrols/hold-out.ts';
import { holdOutEffect, type MeasuredHotspot } from '../../../models/patrols/hold-out-effect.ts';
import { tQuantile975 } from '../../../models/patrols/t-quantile.ts';

const HOTSPOTS = Array.from({ length: 48 }, (_, n) => ({
  cell: `cell-${String(n).padStart(2, '0')}`,
  expectedPerDay: 2 * 0.95 ** n,
}));

describe('the draw', () => {
  it('is the same for the same seed, whatever the order of the hotspots, and another for another', () => {
    const drawn = drawHoldOut(HOTSPOTS, { seed: 7, oneIn: 4 });
    expect(drawHoldOut(HOTSPOTS.toReversed(), { seed: 7, oneIn: 4 })).toEqual(drawn);
    expect(drawHoldOut(HOTSPOTS, { seed: 8, oneIn: 4 })).not.toEqual(drawn);
  });

  it('holds out one of each stratum of like expectation', () => {
    for (const oneIn of [2, 3, 4]) {
      const strata = Map.groupBy(drawHoldOut(HOTSPOTS, { seed: 1, oneIn }), ({ stratum }) => stratum);
      expect(strata.size).toBe(48 / oneIn);
      for (const stratum of strata.values()) expect(stratum.filter(({ heldOut }) => heldOut)).toHaveLength(1);
    }
  });

  it('gives each hotspot the same chance, those of a last short stratum too', () => {
    const held = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      for (const { cell, heldOut } of drawHoldOut(HOTSPOTS.slice(0, 10), { seed, oneIn: 4 }))
        held.set(cell, (held.get(cell) ?? 0) + Number(heldOut));
    }
    expect(held.size).toBe(10);
    for (const times of held.values()) expect(Math.abs(times / 3_000 - 0.25)).toBeLessThan(0.04);
  });
});

/** Counts of a month, of places that are each off their forecast by a gamma factor of this variance. */
function city(
  seed: number,
  { effect, unlike, oneIn }: { effect: number; unlike: number; oneIn: number },
): MeasuredHotspot[] {
  const random = seededRandom(seed * 7_919 + 11);
  return drawHoldOut(HOTSPOTS, { seed, oneIn }).map(({ stratum, heldOut, expectedPerDay }) => {
    const expected = expectedPerDay * 28;
    const factor = unlike === 0 ? 1 : gamma(1 / unlike, random) * unlike;
    return {
      stratum,
      heldOut,
      expected,
      observed: poisson(1.1 * expected * factor * (heldOut ? 1 : effect), random),
    };
  });
}

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 500) {
    const floor = Math.exp(-Math.min(left, 500));
    for (let product = random(); product > floor; product *= random()) count++;
  }
  return count;
}

/** Marsaglia and Tsang 2000; `shape` of 1 and more. */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

const CITIES = 400;

function inCities(setting: { effect: number; unlike: number; oneIn: number }): {
  coverage: number;
  surprised: number;
  median: number;
} {
  let covered = 0;
  let surprised = 0;
  const ratios: number[] = [];
  for (let seed = 1; seed <= CITIES; seed++) {
    const { estimate } = holdOutEffect(city(seed, setting));
    if (!estimate.known) throw new Error(estimate.because);
    const [low, high] = estimate.interval95;
    if (low <= setting.effect && setting.effect <= high) covered++;
    if (estimate.chance <= 0.05) surprised++;
    ratios.push(estimate.ratio);
  }
  ratios.sort((one, other) => one - other);
  return { coverage: covered / CITIES, surprised: surprised / CITIES, median: ratios[CITIES / 2] ?? NaN };
}

/** Within what 400 draws of 95 % may give, at 4 standard errors; a wider interval is no fault. */
const LEAST_COVERAGE = 0.95 - 4 * Math.sqrt((0.95 * 0.05) / CITIES);

describe('the effect', () => {
  it.each([
    { effect: 1, unlike: 0, oneIn: 2 },
    { effect: 1, unlike: 0.1, oneIn: 2 },
    { effect: 1, unlike: 0.3, oneIn: 4 },
    { effect: 0.8, unlike: 0.1, oneIn: 4 },
    { effect: 0.6, unlike: 0.3, oneIn: 2 },
  ])('lies in the interval 95 times of 100, and chance is honest where there is none: %o', (setting) => {
    const { coverage, surprised, median } = inCities(setting);
    expect(coverage).toBeGreaterThan(LEAST_COVERAGE);
    expect(Math.abs(Math.log(median / setting.effect))).toBeLessThan(0.05);
    if (setting.effect === 1) expect(surprised).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / CITIES));
  });

  it('of a fifth fewer incidents is found more often than not where places keep to their forecast', () => {
    expect(inCities({ effect: 0.8, unlike: 0.02, oneIn: 2 }).surprised).toBeGreaterThan(0.7);
  });

  it('is not told from few hotspots or incidents; what was counted is', () => {
    const few = city(1, { effect: 1, unlike: 0, oneIn: 2 }).slice(0, 10);
    expect(holdOutEffect(few)).toMatchObject({
      ...{ treated: { hotspots: 5 }, heldOut: { hotspots: 5 } },
      estimate: { known: false, because: 'too-few-hotspots' },
    });
    const quiet = city(1, { effect: 1, unlike: 0, oneIn: 2 }).map((one) => ({ ...one, observed: 0 }));
    expect(holdOutEffect(quiet)).toMatchObject({
      ...{ treated: { observed: 0, ratio: 0 } },
      estimate: { known: false, because: 'too-few-incidents' },
    });
    expect(holdOutEffect([])).toMatchObject({ treated: { ratio: null, hotspots: 0 } });
  });
});

it('t is as the tables have it', () => {
  for (const [degrees, value] of [
    [4, 2.776],
    [5, 2.571],
    [11, 2.201],
    [23, 2.069],
  ] as const)
    expect(tQuantile975(degrees)).toBeCloseTo(value, 1);
  expect(Math.abs(tQuantile975(5) / 2.571 - 1)).toBeLessThan(0.002);
  expect(() => tQuantile975(1)).toThrow(RangeError);
});
