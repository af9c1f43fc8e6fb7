/** Mannau poeth: what is expected, in Welsh. */
import type { hotspots as english } from '../en/hotspots.ts';
import { names } from './names.ts';

export const hotspots: typeof english = {
  expectedInHotspots: 'mewn mannau poeth',
  expectedIn: (hotspots) =>
    hotspots === 2 ? 'disgwylir mewn 2 fan poeth' : `disgwylir mewn ${hotspots} man poeth`,
  hotspots: 'Mannau poeth',
  hotspotColumns: {
    rank: 'Safle',
    expected: 'Disgwylir',
    interval: 'ystod 80 %',
    place: 'O’r canol',
    trend: '24 awr',
  },
  trendSaid: (day, latest) => `${day} yn y 24 awr ddiwethaf, ${latest} ohonynt yn yr 8 awr ddiwethaf`,
  noHotspots: 'Dim mannau poeth wedi’u rhestru eto.',
  hoursUnknown: 'O ddata heb amser o’r dydd: pob awr yr un fath.',
  notKnown: '–',
  forecastState: 'Rhagolwg a model',
  forecastMade: (age) => `Rhagolwg ${age} oed`,
  forecastNone: 'Dim rhagolwg eto',
  forecastStands: (age) => `Rhagolwg heb ei adnewyddu ers ${age}`,
  model: 'model',
  yesterday: 'Ddoe',
  yesterdayHit: (share) => `yn y ${share} uchaf o’r ardal`,
  naiveMap: 'map y llynedd',
  yesterdayNone: 'dim rhagolwg wedi’i sgorio eto',
  yesterdayWithheld: 'nis dangosir ar gyfer y thema hon',
  noForecast: 'Ni ddangosir rhagolwg',
  drifts: 'Mae’r rhagolwg hwn yn crwydro',
  driftsToo: (count) => `a ${count} arall`,
  noForecastWhy: (slug, reason) => (slug === 'unassigned' ? reason : `${names.force(slug)}: ${reason}`),
};
