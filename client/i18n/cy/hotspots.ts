/** Mannau poeth: what is expected, in Welsh. */
import type { hotspots as english } from '../en/hotspots.ts';
import { names } from './names.ts';

export const hotspots: typeof english = {
  expected: 'disgwylir',
  expectedIn: (hotspots) =>
    hotspots === 2 ? 'disgwylir mewn 2 fan poeth' : `disgwylir mewn ${hotspots} man poeth`,
  hotspots: 'Mannau poeth',
  hotspotColumns: { rank: 'Safle', expected: 'Disgwylir', interval: 'ystod 80 %', place: 'O’r canol' },
  noHotspots: 'Dim mannau poeth wedi’u rhestru eto.',
  hoursUnknown: 'O ddata heb amser o’r dydd: pob awr yr un fath.',
  notKnown: '–',
  noForecast: 'Ni ddangosir rhagolwg',
  drifts: 'Mae’r rhagolwg hwn yn crwydro',
  driftsToo: (count) => `a ${count} arall`,
  noForecastWhy: (slug, reason) => (slug === 'unassigned' ? reason : `${names.force(slug)}: ${reason}`),
};
