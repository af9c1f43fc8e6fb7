/** What is expected, in English: hotspots, and forecasts that drift or are not there. */
import type { Force } from '../../../shared/force.ts';
import { names } from './names.ts';

export const hotspots = {
  expected: 'expected',
  expectedIn: (hotspots: number) =>
    hotspots === 1 ? 'expected in 1 hotspot' : `expected in ${hotspots} hotspots`,
  hotspots: 'Hotspots',
  hotspotColumns: { rank: 'Rank', expected: 'Expected', interval: '80 % range', place: 'From centre' },
  noHotspots: 'No hotspots ranked yet.',
  hoursUnknown: 'From data without times of day: every hour alike.',
  notKnown: '–',
  noForecast: 'No forecast is shown',
  drifts: 'This forecast drifts',
  driftsToo: (count: number) => `and ${count} more`,
  noForecastWhy: (slug: Force, reason: string) =>
    slug === 'unassigned' ? reason : `${names.force(slug)}: ${reason}`,
};
