/** Delays are learnt as they are, though the latest incidents have not all been told of; and what is known is made whole. */
import { describe, expect, it } from 'vitest';
import { learnDelays, mixedDelays, type DelayCount } from '../../models/reporting-delay.ts';
import { DELAY_EDGES_HOURS, delayOfShare, knownShare, nowCast } from '../../shared/reporting-delay.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { seededRandom } from '../support/known-incidents.ts';

const MEAN_HOURS = 10;
const DAYS = 30;

/** Incidents at an even rate with exponential delays, as far as they are known by the end. */
function known(random: () => number, perHour: number): { ageHours: number; delayHours: number }[] {
  const all = Array.from({ length: DAYS * 24 * perHour }, () => ({
    ageHours: random() * DAYS * 24,
    delayHours: -MEAN_HOURS * Math.log(1 - random()),
  }));
  return all.filter(({ ageHours, delayHours }) => delayHours <= ageHours);
}

const passed = (hours: number): number => DELAY_EDGES_HOURS.filter((edge) => edge <= hours).length;

function counted(incidents: ReturnType<typeof known>): DelayCount[] {
  return incidents.map(({ ageHours, delayHours }) => ({
    delayBin: passed(delayHours),
    agePassed: passed(ageHours),
    incidents: 1,
  }));
}

describe('learnDelays', () => {
  const incidents = known(seededRandom(3), 20);

  it('finds the share known by each hour, within what chance allows', () => {
    const { completeness, learntFrom } = learnDelays(counted(incidents));
    expect(learntFrom).toBeGreaterThan(10_000);
    DELAY_EDGES_HOURS.forEach((hours, edge) => {
      expect(Math.abs((completeness[edge] ?? NaN) - (1 - Math.exp(-hours / MEAN_HOURS)))).toBeLessThan(0.02);
    });
  });

  it('is not deceived by a past that has only just begun, as a plain share would be', () => {
    // Two days of a feed: half of what it will tell of the last hours is still to come.
    const young = known(seededRandom(4), 150).filter(({ ageHours }) => ageHours < 48);
    const plain = young.filter(({ delayHours }) => delayHours <= 6).length / young.length;
    // Of what is known within a day: more than two days of past cannot say.
    const truth = (1 - Math.exp(-6 / MEAN_HOURS)) / (1 - Math.exp(-24 / MEAN_HOURS));
    const { completeness } = learnDelays(counted(young));
    const learnt =
      (completeness[DELAY_EDGES_HOURS.indexOf(6)] ?? NaN) / (completeness[passed(47) - 1] ?? NaN);
    expect(Math.abs(learnt - truth)).toBeLessThan(0.04);
    expect(plain - truth).toBeGreaterThan(0.04);
  });

  it('leans on what it is given where it has few incidents of its own', () => {
    const leanOn = learnDelays(counted(incidents));
    const { completeness, learntFrom } = learnDelays([], leanOn);
    expect(learntFrom).toBe(0);
    completeness.forEach((share, edge) => {
      expect(share).toBeCloseTo(leanOn.completeness[edge] ?? NaN);
    });
    const at = DELAY_EDGES_HOURS.indexOf(6);
    const [own = NaN, all = NaN] = [
      learnDelays(counted(incidents.slice(0, 5)), leanOn).completeness[at],
      leanOn.completeness[at],
    ];
    expect(Math.abs(own - all)).toBeLessThan(0.1);
  });

  it('takes everything for known at once where nothing was ever late', () => {
    const prompt = incidents.map((incident) => ({ ...incident, delayHours: 0 }));
    expect(learnDelays(counted(prompt)).completeness).toEqual(DELAY_EDGES_HOURS.map(() => 1));
    expect(learnDelays([]).completeness).toEqual(DELAY_EDGES_HOURS.map(() => 1));
  });
});

describe('mixedDelays', () => {
  it('weighs each curve by its incidents', () => {
    const curve = (value: number) => ({ completeness: DELAY_EDGES_HOURS.map(() => value), learntFrom: 10 });
    const mixed = mixedDelays([
      { curve: curve(1), weight: 30 },
      { curve: curve(0.5), weight: 10 },
    ]);
    expect(mixed.completeness[0]).toBeCloseTo(0.875);
    expect(mixed.learntFrom).toBe(20);
  });
});

describe('nowCast', () => {
  const curve = DELAY_EDGES_HOURS.map((hours) => 1 - Math.exp(-hours / MEAN_HOURS));

  it('is right on average, where the plain count is far too low', () => {
    const random = seededRandom(17);
    const window = 24;
    const [truth, estimates, counts] = [24 * 20, [] as number[], [] as number[]];
    for (let round = 0; round < 40; round++) {
      const steps = new Map<number, number>();
      for (const { ageHours } of known(random, 20)) {
        if (ageHours < window)
          steps.set(Math.floor(ageHours * 4), (steps.get(Math.floor(ageHours * 4)) ?? 0) + 1);
      }
      const moments = Array.from({ length: window * 4 }, (_, step) => {
        return [((step + 0.5) / 4) * HOUR_MS, steps.get(step) ?? 0] as const;
      });
      const cast = nowCast(moments, curve);
      estimates.push(cast.estimated);
      counts.push(cast.known);
    }
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(counts)).toBeLessThan(0.7 * truth);
    expect(Math.abs(mean(estimates) - truth)).toBeLessThan(0.05 * truth);
  });

  it('never says less than is known, and nothing of a moment of which too little is known', () => {
    expect(nowCast([[0, 3]], curve)).toMatchObject({ known: 3, estimated: 3 });
    expect(nowCast([], curve)).toEqual({ known: 0, estimated: 0, spread: 0 });
  });

  it('reads the curve straight between its points, and beyond the last as whole', () => {
    expect(knownShare(curve, 0)).toBe(curve[0]);
    const [two, four] = [2, 4].map((hours) => curve[DELAY_EDGES_HOURS.indexOf(hours as 2 | 4)] ?? 0);
    expect(knownShare(curve, 3 * HOUR_MS)).toBeCloseTo(((two ?? 0) + (four ?? 0)) / 2);
    expect(knownShare(curve, 10_000 * HOUR_MS)).toBe(1);
  });
});

it('the delay of a share is when that share is known', () => {
  const curve = DELAY_EDGES_HOURS.map((hours) => 1 - Math.exp(-hours / MEAN_HOURS));
  for (const share of [0.2, 0.5, 0.9])
    expect(knownShare(curve, delayOfShare(curve, share))).toBeCloseTo(share);
  expect(delayOfShare(curve, 0)).toBe(0);
  expect(
    delayOfShare(
      DELAY_EDGES_HOURS.map(() => 1),
      0.7,
    ),
  ).toBe(0);
  // A step: a share that nobody is told of in between.
  expect(
    delayOfShare(
      DELAY_EDGES_HOURS.map((hours) => (hours < 1 ? 0.5 : 1)),
      0.5,
    ),
  ).toBe(0);
});
