/** What is not known, the national picture and hexagons reached by keys, in English. */
import type { FeedCondition } from '../../../shared/feed.ts';

export const national = {
  notKnownHere: 'Hatched:',
  notKnownMeans: 'not known, not quiet',
  hatchedFeed: (feed: string, condition: Exclude<FeedCondition, 'live'>, age: string, share: string) =>
    `${feed} ${condition === 'silent' ? `silent for ${age}` : `late, told up to ${age} ago`} (${share} of all)`,
  moreQuietFeeds: (count: number) => `and ${count} more feeds`,
  areasWithoutData: (count: number) => (count === 1 ? '1 force: no data' : `${count} forces: no data`),
  noData: 'no data',
  national: 'All forces',
  allForces: 'All forces',
  feedsIn: (count: number, condition: FeedCondition) =>
    `${count} ${count === 1 ? 'feed' : 'feeds'} ${condition}`,
  hotspotCount: (count: number) => (count === 1 ? '1 hotspot' : `${count} hotspots`),
  against: { below: 'fewer than usual', usual: 'as usual', above: 'more than usual', unknown: '' },
  usualIs: (usual: string, against: string) => (against === '' ? `usual ${usual}` : `${against} (${usual})`),
  againstUsual: 'Incidents against what is usual',
  noUsual: 'usual not known',
  noBoundaries: 'No boundaries are imported: choose a force from the list.',
  merged: 'merged in hexagons',
  mapOf:
    'Map. Arrow keys go from hexagon to hexagon, Enter chooses, plus and minus zoom, Shift with arrows moves the map.',
  mapPicture: 'Map of incidents and of what is expected',
  hexagonAt: (place: string) => `Hexagon ${place}`,
  hexagonHotspot: (rank: number, expected: string, interval: string) =>
    `rank ${rank}, ${expected} expected (${interval})`,
  hexagonMerged: (hotspots: number, expected: string) => `${hotspots} hotspots, ${expected} expected in all`,
  hexagonCount: (count: string, last: string) => `${count} in the ${last}`,
  hexagonNotKnown: 'what happened here is not wholly known',
};
