/** The feeds of the city: what each agency hears of, how late, and how precisely it says so. */
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import type { FeedName } from '../feeds/subjects.ts';
import type { Random } from './random.ts';
import type { Occasion } from './rhythm.ts';

export interface FeedHabit {
  feed: FeedName;
  /** How often this feed is the one that tells, relative to the others. */
  tells: (occasion: Occasion) => number;
  /** Between happening and telling: median, and spread of the logarithm. */
  delayMinutes: number;
  delaySpread: number;
  /** Says when it was told itself. */
  saysReportedAt?: boolean;
  /** Where the place is only known roughly. */
  precisionMetres?: number;
  discovery?: 'sensor';
}

const CRIMES_FOUND_LATER = new Set([
  'burglary',
  'vehicle-crime',
  'bicycle-theft',
  'other-theft',
  'shoplifting',
]);

export const FEED_HABITS: readonly FeedHabit[] = [
  {
    feed: { agency: 'police', feed: 'metropolitan-calls' },
    tells: () => 60,
    delayMinutes: 2,
    delaySpread: 0.7,
  },
  {
    feed: { agency: 'police', feed: 'metropolitan-crimes' },
    tells: ({ happening }) => (CRIMES_FOUND_LATER.has(happening.category) ? 60 : 5),
    delayMinutes: 180,
    delaySpread: 1.2,
    saysReportedAt: true,
  },
  {
    feed: { agency: 'council', feed: 'wardens' },
    tells: ({ happening, place }) =>
      happening.category === 'anti-social-behaviour' && place !== 'night-life' ? 30 : 0,
    delayMinutes: 25,
    delaySpread: 0.8,
  },
  {
    feed: { agency: 'council', feed: 'cctv' },
    tells: ({ happening, place }) =>
      ['night-life', 'centre'].includes(place) &&
      ['violence', 'public-order', 'anti-social-behaviour'].includes(happening.category)
        ? 8
        : 0,
    delayMinutes: 1,
    delaySpread: 0.4,
    discovery: 'sensor',
  },
  {
    feed: { agency: 'health', feed: 'ambulance' },
    tells: ({ happening }) => (happening.category === 'violence' ? 14 : 0),
    delayMinutes: 10,
    delaySpread: 0.6,
    precisionMetres: 100,
  },
  {
    feed: { agency: 'health', feed: 'emergency-departments' },
    tells: ({ happening }) => (happening.category === 'violence' ? 10 : 0),
    delayMinutes: 300,
    delaySpread: 0.8,
    saysReportedAt: true,
    precisionMetres: 500,
  },
  {
    feed: { agency: 'social-care', feed: 'referrals' },
    tells: ({ happening }) => (happening.markers.domestic === undefined ? 0 : 15),
    delayMinutes: 1_800,
    delaySpread: 0.6,
    saysReportedAt: true,
    precisionMetres: 1_000,
  },
  {
    feed: { agency: 'community', feed: 'reports' },
    tells: ({ happening }) =>
      ['anti-social-behaviour', 'public-order', 'criminal-damage-arson', 'other'].includes(happening.category)
        ? 8
        : 0,
    delayMinutes: 240,
    delaySpread: 1,
    saysReportedAt: true,
  },
  {
    feed: { agency: 'transport', feed: 'stations' },
    tells: ({ place }) => (place === 'station' ? 120 : 0),
    delayMinutes: 5,
    delaySpread: 0.7,
  },
];

/** The police of the City of London hear what happens there themselves. */
export const CITY_POLICE: FeedName = { agency: 'police', feed: 'city-of-london-calls' };

export const FEEDS: readonly FeedName[] = [...FEED_HABITS.map(({ feed }) => feed), CITY_POLICE];

/** Of what a feed tells, this share is told days later still. */
const LATE_SHARE = 0.01;

/** Milliseconds between happening and telling. */
export function drawDelay({ delayMinutes, delaySpread }: FeedHabit, random: Random): number {
  const usual = random.logNormal(delayMinutes, delaySpread) * MINUTE_MS;
  return random.chance(LATE_SHARE) ? usual + random.exponential(2 * DAY_MS) : usual;
}
