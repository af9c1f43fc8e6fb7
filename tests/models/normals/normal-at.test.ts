/** What is usual holds what comes as often as it says, on simulated weeks of every kind. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { normalAt, weeksEarlier, type Normal } from '../../../models/normals/normal-at.ts';
import { silentHours } from '../../../models/normals/silent-hours.ts';
import { HOUR_MS, TimeZone } from '../../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');
const WEEK_HOURS = 168;
/** A Wednesday evening in summer time. */
const AT_MS = Date.parse('2026-06-10T21:00:00Z');
const END_HOUR = AT_MS / HOUR_MS;
const RUNS = 150;
/** 2.5 standard deviations of a share of 0.8 in so many runs; 0.95 is held more narrowly still. */
const CHANCE = 0.085;

interface City {
  perWeek: number;
  /** Variance over mean, less one, of an hour's count. */
  dispersion?: number;
  /** The level at its end over that at its beginning. */
  drift?: number;
  weeks?: number;
}

/** A year of hours up to AT: busy in the evening and at weekends, by the clock in London. */
function simulate(seed: number, { perWeek, dispersion = 0, drift = 1, weeks = 54 }: City): number[] {
  const random = seededRandom(seed);
  const length = weeks * WEEK_HOURS;
  return Array.from({ length }, (_, index) => {
    const { hourOfDay, isWeekend } = LONDON.localTime((END_HOUR - length + index) * HOUR_MS);
    const shape = (1 + 0.8 * Math.cos(((hourOfDay - 20) / 12) * Math.PI)) * (isWeekend ? 1.3 : 0.88);
    const level = drift ** (index / length - 1);
    return drawCount(((perWeek * level) / WEEK_HOURS) * shape, dispersion, random);
  });
}

/** A negative binomial as a Poisson sum of logarithmic bursts. */
function drawCount(mean: number, dispersion: number, random: () => number): number {
  if (dispersion === 0) return poisson(mean, random);
  let count = 0;
  const share = dispersion / (1 + dispersion);
  for (let left = poisson((mean * Math.log1p(dispersion)) / dispersion, random); left > 0; left--) {
    const u = random();
    for (let size = 1, p = share / Math.log1p(dispersion), sum = p; ; size++) {
      if (u <= sum || size > 500) {
        count += size;
        break;
      }
      p *= (share * size) / (size + 1);
      sum += p;
    }
  }
  return count;
}

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let left = mean + Math.log(1 - random()); left > 0; left += Math.log(1 - random())) count++;
  return count;
}

/** What is usual for the hours up to the end, and what came in them. */
function judge(
  counts: readonly number[],
  hours: number,
  atMs = AT_MS,
): { normal: Normal | undefined; came: number } {
  const series = { firstHour: END_HOUR - counts.length, counts };
  const normal = normalAt({ series, silent: silentHours(series), atMs, hours, timeZone: LONDON });
  return { normal, came: sumOf(counts.slice(-hours)) };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Without chance, so that what is usual can be told to the digit. */
function steady(perHour: number, weeks = 53): number[] {
  return new Array<number>(weeks * WEEK_HOURS).fill(perHour);
}

describe.each<[string, City, readonly number[]]>([
  ['a quiet theme', { perWeek: 30 }, [1, 8, 24]],
  ['a force', { perWeek: 1_500 }, [1, 24, 168]],
  ['a force whose incidents come in bursts', { perWeek: 1_500, dispersion: 1 }, [1, 8, 24, 168]],
  ['a force that has doubled in the year', { perWeek: 3_000, dispersion: 0.5, drift: 2 }, [8, 24, 168]],
  ['a force that has halved', { perWeek: 1_500, dispersion: 0.3, drift: 0.5 }, [8, 24, 168]],
  ['a force with five weeks of past', { perWeek: 1_500, dispersion: 0.3, weeks: 7 }, [8, 24, 168]],
])('of %s', (_name, city, windows) => {
  it.each(windows)('the last %i h: the intervals hold what comes as often as they say', (hours) => {
    let [within80, within95] = [0, 0];
    let [expected, came] = [0, 0];
    for (let seed = 1; seed <= RUNS; seed++) {
      const judged = judge(simulate(seed, city), hours);
      if (judged.normal === undefined) throw new Error('there is no normal');
      const { normal } = judged;
      if (judged.came >= normal.lower && judged.came <= normal.upper) within80++;
      if (judged.came >= normal.lower95 && judged.came <= normal.upper95) within95++;
      expected += normal.expected;
      came += judged.came;
    }
    expect(within80 / RUNS).toBeGreaterThan(0.8 - CHANCE);
    expect(within95 / RUNS).toBeGreaterThan(0.95 - CHANCE / 2);
    // A count of few has more than its share between two whole numbers.
    if (came / RUNS > 20) expect(within80 / RUNS).toBeLessThan(0.8 + 1.5 * CHANCE);
    const farthest = 0.04 + 3 / Math.sqrt(came);
    expect(Math.abs(expected / came - 1)).toBeLessThan(farthest);
  });
});

describe('what is usual', () => {
  it('is of the same hours of the week, not of the day before', () => {
    const { hourOfWeek } = LONDON.localTime(AT_MS);
    const counts = steady(10).map((count, index) => {
      const local = LONDON.localTime((END_HOUR - 53 * WEEK_HOURS + index) * HOUR_MS);
      return local.hourOfWeek === hourOfWeek ? 100 : count;
    });
    expect(judge(counts, 1).normal?.expected).toBeCloseTo(10, 0);
    expect(judge(counts, 1, AT_MS + HOUR_MS).normal?.expected).toBeCloseTo(100, 0);
    expect(judge(counts, 1, AT_MS + HOUR_MS / 4).normal?.expected).toBeCloseTo(10 + 90 / 4, 0);
  });

  it('is of a part of an hour its share', () => {
    const counts = steady(10);
    expect(judge(counts, 1 / 4).normal?.expected).toBeCloseTo(2.5, 1);
    expect(judge(counts, 2 + 1 / 3).normal?.expected).toBeCloseTo(70 / 3, 1);
  });

  it('goes by the clock on the wall, across a change of clocks', () => {
    // Every Monday from 02:00 to 03:00 in London something happens; on 30 March 2026 for the first time in summer time.
    const atMs = Date.parse('2026-03-30T02:00:00Z');
    const end = atMs / HOUR_MS;
    const counts = Array.from({ length: 53 * WEEK_HOURS }, (_, index) => {
      const { hourOfWeek } = LONDON.localTime((end - 53 * WEEK_HOURS + index) * HOUR_MS);
      return hourOfWeek === 2 ? 50 : 5;
    });
    const series = { firstHour: end - counts.length, counts };
    const question = { series, silent: silentHours(series), hours: 1, timeZone: LONDON };
    expect(normalAt({ ...question, atMs })?.expected).toBeCloseTo(50, 0);
    expect(normalAt({ ...question, atMs: atMs - HOUR_MS })?.expected).toBeCloseTo(5, 0);
    expect(weeksEarlier(atMs, 1, LONDON)).toBe(Date.parse('2026-03-23T03:00:00Z'));
  });

  it('is unknown with less than four weeks of the same hours', () => {
    expect(judge(steady(10, 5), 1).normal?.weeks).toBe(4);
    expect(judge(steady(10, 4), 1).normal).toBeUndefined();
    expect(judge([], 1).normal).toBeUndefined();
  });

  it('is unknown where the newest weeks that are known are long past', () => {
    const known = (weeks: number): number[] => steady(10).slice(0, -weeks * WEEK_HOURS);
    const judged = (weeks: number): Normal | undefined => {
      const series = { firstHour: END_HOUR - 53 * WEEK_HOURS, counts: known(weeks) };
      const silent = silentHours(series);
      return normalAt({ series, silent, atMs: AT_MS, hours: 8, timeZone: LONDON });
    };
    expect(judged(8)?.weeks).toBe(45);
    expect(judged(9)).toBeUndefined();
  });

  it('rests on 52 weeks at most, whatever came before', () => {
    const counts = [...new Array<number>(60 * WEEK_HOURS).fill(20), ...steady(10)];
    expect(judge(counts, 24).normal).toMatchObject({ weeks: 52, expected: expect.closeTo(240, 6) });
  });

  it('does not take a feed’s silence for quiet', () => {
    const counts = steady(10);
    // Ten weeks ago nothing was told for two days before these hours.
    const end = counts.length - 10 * WEEK_HOURS;
    counts.fill(0, end - 48, end);
    expect(judge(counts, 8).normal).toMatchObject({
      weeks: 51,
      expected: expect.closeTo(80, 6),
      lower: expect.any(Number),
    });
    const all = judge(steady(10), 8).normal;
    expect(judge(counts, 8).normal?.lower).toBe(all?.lower);
    // Two days of seven say nothing of a week, but some hours do not matter to it.
    expect(judge(counts, 168).normal?.weeks).toBeLessThan(52);
  });

  it('makes up for the few hours of a week of which nothing was told', () => {
    const counts = steady(10);
    counts.fill(0, counts.length - 2 * WEEK_HOURS - 10, counts.length - 2 * WEEK_HOURS);
    expect(judge(counts, 168).normal).toMatchObject({ weeks: 52, expected: expect.closeTo(1_680, 6) });
  });

  it('does not take the quiet hours of a quiet theme for silence', () => {
    const counts = simulate(3, { perWeek: 10 });
    expect(judge(counts, 8).normal?.weeks).toBe(52);
  });

  it('is little moved by one week far off', () => {
    const counts = simulate(5, { perWeek: 1_500 });
    const before = judge(counts, 8).normal;
    const riot = counts.slice();
    const end = riot.length - 3 * WEEK_HOURS;
    for (let hour = end - 8; hour < end; hour++) riot[hour] = (riot[hour] ?? 0) * 8;
    const after = judge(riot, 8).normal;
    if (before === undefined || after === undefined) throw new Error('there is no normal');
    expect(after.expected / before.expected).toBeLessThan(1.15);
    expect(after.upper / before.upper).toBeLessThan(1.25);
  });

  it('is nothing where nothing ever happens of a theme that is told of', () => {
    const told = steady(10);
    const none = { firstHour: END_HOUR - told.length, counts: new Uint32Array(told.length) };
    const silent = silentHours({ ...none, counts: told });
    expect(normalAt({ series: none, silent, atMs: AT_MS, hours: 8, timeZone: LONDON })).toEqual({
      ...{ expected: 0, lower: 0, upper: 0, lower95: 0, upper95: 0, weeks: 52 },
    });
  });
});
