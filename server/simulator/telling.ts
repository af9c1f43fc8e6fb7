/** Who tells of what, and how long after: drawn for a time at which something becomes known, so that the rate is the one asked for. */
import { HOUR_MS, HOURS_PER_WEEK, TimeZone } from '../../shared/time.ts';
import { drawDelay, FEED_HABITS, type FeedHabit } from './feed-habits.ts';
import { Random } from './random.ts';
import { frequency, HOURS_OF_WEEK, mean, OCCASIONS, type Occasion } from './rhythm.ts';
import { WeightedChoice } from './weighted-choice.ts';

export interface Telling {
  occasion: Occasion;
  habit: FeedHabit;
  occurredAtMs: number;
}

interface Teller {
  habit: FeedHabit;
  /** For each hour of the week: what happens then and is told by this feed, whenever. */
  happens: readonly WeightedChoice<Occasion>[];
  most: number;
  /** For each hour of the week: how much this feed tells then, whenever it happened. */
  tells: Float64Array;
}

const LOCAL_TIME = new TimeZone('Europe/London');
const hourOfWeek = (atMs: number): number => LOCAL_TIME.localTime(atMs).hourOfWeek;

const HABITS_OF = new Map(
  OCCASIONS.map((occasion) => [
    occasion,
    new WeightedChoice(FEED_HABITS.map((habit) => [habit, habit.tells(occasion)] as const)),
  ]),
);

const TELLERS = FEED_HABITS.map((habit): Teller => {
  const shareOf = (occasion: Occasion): number =>
    habit.tells(occasion) / (HABITS_OF.get(occasion)?.total ?? 1);
  const happens = HOURS_OF_WEEK.map(
    (hour) =>
      new WeightedChoice(
        OCCASIONS.map((occasion) => [occasion, frequency(occasion, hour) * shareOf(occasion)] as const),
      ),
  );
  const lags = lagShares(habit);
  const tells = Float64Array.from(HOURS_OF_WEEK, (hour) =>
    lags.reduce((sum, share, lag) => sum + share * (happens[before(hour, lag)]?.total ?? 0), 0),
  );
  return { habit, happens, tells, most: Math.max(...happens.map(({ total }) => total)) };
});

const TELLERS_AT = HOURS_OF_WEEK.map(
  (hour) => new WeightedChoice(TELLERS.map((teller) => [teller, teller.tells[hour] ?? 0] as const)),
);
const MEAN_TOLD = mean(TELLERS_AT.map(({ total }) => total));

/** What becomes known at this time: when it happened is as likely as that hour of the week and the feed's delays make it. */
export function tellAt(knownAtMs: number, random: Random): Telling {
  const { habit, happens, most } = at(TELLERS_AT, hourOfWeek(knownAtMs)).choose(random);
  for (;;) {
    const occurredAtMs = knownAtMs - drawDelay(habit, random);
    const choice = at(happens, hourOfWeek(occurredAtMs));
    if (random.chance(choice.total / most)) return { habit, occurredAtMs, occasion: choice.choose(random) };
  }
}

/** Which feed tells of an occasion. */
export function habitFor(occasion: Occasion, random: Random): FeedHabit {
  return (HABITS_OF.get(occasion) as WeightedChoice<FeedHabit>).choose(random); // one for each occasion
}

/**
 * A rate that follows the week of the city and is `perSecond` on average. Then an occasion happens at
 * `perSecond · frequency(occasion, hour) / MEAN_FREQUENCY` a second: what is told later is made up for.
 */
export function weeklyRate(perSecond: number): (atMs: number) => number {
  return (atMs) => (perSecond * at(TELLERS_AT, hourOfWeek(atMs)).total) / MEAN_TOLD;
}

/** All occasions of an hour, on average over the week. */
export const MEAN_FREQUENCY = mean(
  HOURS_OF_WEEK.map((hour) => OCCASIONS.reduce((sum, occasion) => sum + frequency(occasion, hour), 0)),
);

/** How likely it is that what is told now happened in the hour so many hours of the week before. */
function lagShares(habit: FeedHabit): Float64Array {
  const draws = 20_000;
  const random = new Random('delays', habit.feed.feed);
  const shares = new Float64Array(HOURS_PER_WEEK);
  for (let draw = 0; draw < draws; draw++) {
    const lag = -Math.floor(random.next() - drawDelay(habit, random) / HOUR_MS) % HOURS_PER_WEEK;
    shares[lag] = (shares[lag] ?? 0) + 1 / draws;
  }
  return shares;
}

function before(hour: number, lag: number): number {
  return (hour - lag + HOURS_PER_WEEK) % HOURS_PER_WEEK;
}

function at<Item>(ofWeek: readonly Item[], hour: number): Item {
  return ofWeek[hour] as Item; // one for each hour of the week
}
