/** What is usual, from the counts of the same hours in earlier weeks: an expectation and how far counts stray from it. */
import { countQuantile } from '../interval.ts';

export interface Week {
  /** 1 is last week. */
  weeksAgo: number;
  /** Incidents in the same hours of that week. */
  count: number;
  /** Incidents in the seven days that end with these hours. */
  weekTotal: number;
}

export interface Usual {
  expected: number;
  /** The variance of the count that is to come is expected · (1 + dispersion); it allows for how well both are known. */
  dispersion80: number;
  dispersion95: number;
  /** How many weeks it rests on. */
  weeks: number;
}

export interface UsualBounds {
  /** The 10 % and 90 % quantiles. */
  lower: number;
  upper: number;
  /** The 2.5 % and 97.5 % quantiles. */
  lower95: number;
  upper95: number;
}

/** With fewer weeks nothing is said. */
export const FEWEST_WEEKS = 4;
export const MOST_WEEKS = 52;

/** How much a force sees drifts: its level is that of the latest weeks. */
const LEVEL_HALF_LIFE_WEEKS = 4;
/** With nothing newer, nobody knows the level. */
const OLDEST_LEVEL_WEEKS = 8;
/** Which part of the level falls into these hours changes slowly. */
const SHARE_HALF_LIFE_WEEKS = 26;
/** A week farther off than so many standard deviations (a holiday, a riot) counts as if it were so far off. */
const FARTHEST_DEVIATIONS = 3;
const FEW = 3;
/** A whole week farther from the median of the four on either side than by chance and this share is such a week. */
const FARTHEST_SHARE = 0.1;
const WEEKS_AROUND = 4;
/** The median of a squared standard normal. */
const MEDIAN_SQUARE = 0.455;
const LEAST_MEAN = 1e-9;
const ROUNDS = 3;
const Z80 = 1.2816;
const Z95 = 1.96;

/**
 * Of at least `FEWEST_WEEKS` weeks, the newest of them recent, else undefined. Expected is the level of the latest weeks times what these hours
 * brought of the level before them, which takes out what a level lags behind a steady drift; the dispersion is Pearson's (McCullagh and Nelder 1989, 4.5.2) of what each week would have been told
 * from those before it, so that drift is in it, with Huber's (1964) bound on what one week says.
 */
export function usualOf(weeks: readonly Week[]): Usual | undefined {
  const newest = Math.min(...weeks.map(({ weeksAgo }) => weeksAgo));
  if (weeks.length < FEWEST_WEEKS || newest > OLDEST_LEVEL_WEEKS) return undefined;
  const newestFirst = withoutOutliers(weeks.toSorted((one, other) => one.weeksAgo - other.weeksAgo));
  const weights = newestFirst.map(({ weeksAgo }) => 0.5 ** (weeksAgo / SHARE_HALF_LIFE_WEEKS));
  // Of the first weeks there is little or nothing before them to tell them from.
  const levels = newestFirst.map((week, place) =>
    levelAt(week.weeksAgo, place === newestFirst.length - 1 ? [week] : newestFirst.slice(place + 1)),
  );
  let counts = newestFirst.map(({ count }) => count);
  let share = 0;
  let dispersion = 0;
  for (let round = 0; round < ROUNDS; round++) {
    share = ratio(counts, levels, weights);
    const told = levels.map((level) => share * level);
    dispersion = pearson(counts, told, weights);
    const middling = middlingDispersion(newestFirst, told);
    counts = newestFirst.map(({ count }, place) => bounded(count, told[place] ?? 0, middling));
  }
  const expected = share * levelAt(0, newestFirst);
  const known = effectiveNumber(weights);
  const widened = (z: number): number =>
    (1 + dispersion) * (1 + 1 / known) * (studentT(z, Math.max(2, known - 1)) / z) ** 2 - 1;
  return { expected, dispersion80: widened(Z80), dispersion95: widened(Z95), weeks: weeks.length };
}

/** The quantiles of a count with this expectation, of a negative binomial distribution. */
export function boundsOf({ expected, dispersion80, dispersion95 }: Usual): UsualBounds {
  return {
    lower: countQuantile(expected, dispersion80, 0.1),
    upper: countQuantile(expected, dispersion80, 0.9),
    lower95: countQuantile(expected, dispersion95, 0.025),
    upper95: countQuantile(expected, dispersion95, 0.975),
  };
}

/** A week that is far from those around it does not move the level as far as it is off. */
function withoutOutliers(weeks: readonly Week[]): Week[] {
  return weeks.map((week, place) => {
    const around = weeks
      .slice(Math.max(0, place - WEEKS_AROUND), place + WEEKS_AROUND + 1)
      .map(({ weekTotal }) => weekTotal)
      .sort((one, other) => one - other);
    const middle = around[Math.floor(around.length / 2)] ?? 0;
    const farthest = FARTHEST_DEVIATIONS * Math.sqrt(middle) + FARTHEST_SHARE * middle;
    const weekTotal = Math.min(Math.max(week.weekTotal, middle - farthest), middle + farthest);
    return { ...week, weekTotal };
  });
}

/** Incidents a week as they were at `weeksAgo`, from the weeks before it. */
function levelAt(weeksAgo: number, before: readonly Week[]): number {
  const weights = before.map((week) => 0.5 ** ((week.weeksAgo - weeksAgo) / LEVEL_HALF_LIFE_WEEKS));
  return ratio(
    before.map(({ weekTotal }) => weekTotal),
    before.map(() => 1),
    weights,
  );
}

function ratio(values: readonly number[], bases: readonly number[], weights: readonly number[]): number {
  let [sum, base] = [0, 0];
  weights.forEach((weight, place) => {
    sum += weight * (values[place] ?? 0);
    base += weight * (bases[place] ?? 0);
  });
  return base === 0 ? 0 : sum / base;
}

/** The excess over a Poisson distribution's variance, not below it. */
function pearson(counts: readonly number[], told: readonly number[], weights: readonly number[]): number {
  let [sum, base] = [0, 0];
  weights.forEach((weight, place) => {
    const mean = told[place] ?? 0;
    if (mean === 0) return;
    sum += (weight * ((counts[place] ?? 0) - mean) ** 2) / mean;
    base += weight;
  });
  // One degree of freedom went into the share.
  const freedom = effectiveNumber(weights);
  return base === 0 ? 0 : Math.max(0, ((sum / base) * freedom) / (freedom - 1) - 1);
}

/** The dispersion by the week in the middle, whatever the others are. */
function middlingDispersion(weeks: readonly Week[], told: readonly number[]): number {
  const squares = weeks
    .map(({ count }, place) => (count - (told[place] ?? 0)) ** 2 / Math.max(told[place] ?? 0, LEAST_MEAN))
    .sort((one, other) => one - other);
  return Math.max(0, (squares[Math.floor(squares.length / 2)] ?? 0) / MEDIAN_SQUARE - 1);
}

function bounded(count: number, mean: number, dispersion: number): number {
  // Of few incidents a few more are many deviations off, and no outlier.
  const farthest = FARTHEST_DEVIATIONS * Math.sqrt(mean * (1 + dispersion)) + FEW;
  return Math.min(Math.max(count, mean - farthest), mean + farthest);
}

/** Kish's effective sample size (1965). */
function effectiveNumber(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}

/** Student's t at the normal quantile `z` (Abramowitz and Stegun 1964, 26.7.5). */
function studentT(z: number, freedom: number): number {
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
