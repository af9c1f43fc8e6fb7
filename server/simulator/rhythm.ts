/** The week of the city: what happens where at which hour, from Monday 00:00 on, local time. */
import type { Category } from '../../shared/category.ts';
import { HOURS_PER_WEEK } from '../../shared/time.ts';
import { HAPPENINGS, type Happening } from './happenings.ts';
import type { Random } from './random.ts';
import { PLACE_KINDS, type PlaceKind } from './street-life.ts';
import { WeightedChoice } from './weighted-choice.ts';

export interface Occasion {
  happening: Happening;
  place: PlaceKind;
}

const FRIDAY = 4;
const SATURDAY = 5;
const SUNDAY = 6;

const AT_PLACE: Record<PlaceKind, (hour: number, day: number) => number> = {
  // The night after Friday belongs to Saturday's date.
  'night-life': (hour, day) => {
    const evening = hour >= 12 ? day : (day + 6) % 7;
    const crowd = evening === FRIDAY || evening === SATURDAY ? 4.5 : evening === 3 ? 1.8 : 1;
    return 0.1 + crowd * around(hour, 23.5, 3);
  },
  centre: (hour, day) =>
    0.05 + (day === SATURDAY ? 1.5 : day === SUNDAY ? 0.9 : 1.1) * around(hour, 14.5, 3.8),
  'high-street': (hour) => 0.12 + around(hour, 15.5, 4) + 0.6 * around(hour, 22, 2.5),
  estate: (hour) => 0.25 + 1.1 * around(hour, 20, 4.5),
  station: (hour, day) =>
    0.05 +
    (day >= SATURDAY ? 0.3 : 1) * around(hour, 8.5, 1.5) +
    around(hour, 17.8, 2.2) +
    (day === FRIDAY || day === SATURDAY ? 1 : 0.3) * around(hour, 23, 1.8),
  home: (hour) => 0.35 + 0.9 * around(hour, 19.5, 5),
};

const OF_CATEGORY: Partial<Record<Category, (hour: number, day: number) => number>> = {
  burglary: (hour, day) => 0.3 + (day < SATURDAY ? 0.8 : 0.4) * around(hour, 12, 3.5) + around(hour, 20, 3),
  'vehicle-crime': (hour) => 0.3 + 1.4 * around(hour, 1.5, 4),
  shoplifting: (hour) => (hour >= 8 && hour < 22 ? 1 : 0.05),
  drugs: (hour) => 0.4 + around(hour, 18, 5),
};

export const HOURS_OF_WEEK: readonly number[] = Array.from({ length: HOURS_PER_WEEK }, (_, hour) => hour);
const MEAN_AT_PLACE = Object.fromEntries(
  PLACE_KINDS.map((kind) => [
    kind,
    mean(HOURS_OF_WEEK.map((hour) => AT_PLACE[kind]((hour % 24) + 0.5, Math.floor(hour / 24)))),
  ]),
) as Record<PlaceKind, number>;

/** Everything that may happen, each in each kind of place where it does. */
export const OCCASIONS: readonly Occasion[] = HAPPENINGS.flatMap((happening) =>
  PLACE_KINDS.filter((place) => happening.places[place] !== undefined).map((place) => ({ happening, place })),
);

/** How often an occasion arises in that hour of the week, relative to others and to other hours. */
export function frequency({ happening, place }: Occasion, hourOfWeek: number): number {
  const hour = (hourOfWeek % 24) + 0.5;
  const day = Math.floor(hourOfWeek / 24);
  const ofCategory = OF_CATEGORY[happening.category]?.(hour, day) ?? 0.6;
  // A share is of the week's happenings: places with a longer day must not take more of it.
  const inAll = PLACE_KINDS.reduce((sum, kind) => sum + (happening.places[kind] ?? 0), 0);
  const share = (happening.share * (happening.places[place] ?? 0)) / inAll;
  return (share * ofCategory * AT_PLACE[place](hour, day)) / MEAN_AT_PLACE[place];
}

const PLACES_AT = HOURS_OF_WEEK.map(
  (hour) =>
    new WeightedChoice(
      OCCASIONS.map(({ happening, place }) => [place, frequency({ happening, place }, hour)] as const),
    ),
);

/** A kind of place, as likely as things happen in such places in that hour of the week. */
export function busyPlace(hourOfWeek: number, random: Random): PlaceKind {
  return (PLACES_AT[hourOfWeek] as WeightedChoice<PlaceKind>).choose(random); // one for each hour
}

/** A bell around an hour of the day, 1 at its top; midnight is no wall. */
function around(hour: number, top: number, widthHours: number): number {
  const apart = Math.abs(hour - top);
  const hours = Math.min(apart, 24 - apart);
  return Math.exp(-((hours / widthHours) ** 2) / 2);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
