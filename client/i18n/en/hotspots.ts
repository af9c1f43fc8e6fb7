/** What is expected, in English: hotspots, and forecasts that drift or are not there. */
import type { Force } from '../../../shared/force.ts';
import { names } from './names.ts';

export const hotspots = {
  /** Where there is no room for how many: what is expected elsewhere is not in the figure. */
  expectedInHotspots: 'in hotspots',
  expectedIn: (hotspots: number) =>
    hotspots === 1 ? 'expected in 1 hotspot' : `expected in ${hotspots} hotspots`,
  hotspots: 'Hotspots',
  hotspotColumns: {
    rank: 'Rank',
    expected: 'Expected',
    interval: '80 % range',
    place: 'From centre',
    trend: '24 h',
  },
  /** What a sparkline says. */
  trendSaid: (day: number, latest: number) => `${day} in the last 24 h, ${latest} of them in the last 8 h`,
  noHotspots: 'No hotspots ranked yet.',
  hoursUnknown: 'From data without times of day: every hour alike.',
  notKnown: '–',
  forecastState: 'Forecast and model',
  forecastMade: (age: string) => `Forecast ${age} old`,
  forecastNone: 'No forecast yet',
  forecastStands: (age: string) => `Forecast not renewed for ${age}`,
  model: 'model',
  yesterday: 'Yesterday',
  yesterdayHit: (share: string) => `hit in the top ${share} of the area`,
  naiveMap: 'last year’s map',
  yesterdayNone: 'no forecast scored yet',
  yesterdayWithheld: 'not shown for this theme',
  noForecast: 'No forecast is shown',
  drifts: 'This forecast drifts',
  driftsToo: (count: number) => `and ${count} more`,
  noForecastWhy: (slug: Force, reason: string) =>
    slug === 'unassigned' ? reason : `${names.force(slug)}: ${reason}`,
};
