/** Yr hyn nad yw’n hysbys, y darlun cenedlaethol: what is not known, the national picture, in Welsh. */
import type { national as english } from '../en/national.ts';
import { feeds } from './feeds.ts';

export const national: typeof english = {
  notKnownHere: 'Llinellau:',
  notKnownMeans: 'anhysbys, nid tawel',
  hatchedFeed: (feed, condition, age, share) =>
    `${feed} yn ${condition === 'silent' ? `ddistaw ers ${age}` : `hwyr, hyd at ${age} yn ôl`} (${share} o’r cyfan)`,
  moreQuietFeeds: (count) => `a ${count} ffynhonnell arall`,
  areasWithoutData: (count) => `${count} heddlu: dim data`,
  noData: 'dim data',
  national: 'Pob heddlu',
  allForces: 'Pob heddlu',
  feedsIn: (count, condition) => `${count} ffynhonnell: ${feeds.condition[condition]}`,
  hotspotCount: (count) => (count === 2 ? '2 fan poeth' : `${count} man poeth`),
  against: { below: 'llai nag arfer', usual: 'fel arfer', above: 'mwy nag arfer', unknown: '' },
  usualIs: (usual, against) => (against === '' ? `arferol ${usual}` : `${against} (${usual})`),
  againstUsual: 'Digwyddiadau o’u cymharu â’r arfer',
  noUsual: 'yr arfer yn anhysbys',
  noBoundaries: 'Nid oes ffiniau wedi’u mewnforio: dewiswch heddlu o’r rhestr.',
  merged: 'wedi’u cyfuno mewn hecsagonau',
  mapOf:
    'Map. Mae’r bysellau saeth yn mynd o hecsagon i hecsagon, Enter yn dewis, plws a minws yn chwyddo, Shift gyda saethau’n symud y map.',
  mapPicture: 'Map o ddigwyddiadau ac o’r hyn a ddisgwylir',
  hexagonAt: (place) => `Hecsagon ${place}`,
  hexagonHotspot: (rank, expected, interval) => `safle ${rank}, disgwylir ${expected} (${interval})`,
  hexagonMerged: (hotspots, expected) => `${hotspots} man poeth, disgwylir ${expected} i gyd`,
  hexagonCount: (count, last) => `${count} yn yr ${last}`,
  hexagonNotKnown: 'nid yw’r hyn a ddigwyddodd yma’n gwbl hysbys',
};
