/** The desk: filters, search and the map's table, in English. */
import type { Mark } from '../../state/incident-filter.ts';

const mark: Record<Mark, string> = { late: 'late', corrected: 'corrected', cancelled: 'cancelled' };

export const desk = {
  mark,
  filters: 'Filters',
  filtersCount: (count: number) => `Filters: ${count}`,
  filterForce: 'Force',
  filterAllForces: 'All',
  filterCategories: 'Category',
  filterOrigins: 'Origin',
  filterMarks: 'Only',
  filterScope:
    'The force is that of the whole picture. Category, origin and “only” are of the lists of incidents: map and hotspots show all of the theme.',
  filterClear: 'Clear',
  filtered: 'filtered',
  noneFiltered: 'None of the incidents that are known here passes the filter.',
  tableButton: 'Table',
  mapButton: 'Map',
  searchButton: 'Search',
  searchTitle: 'Search',
  searchFor: 'Place, hexagon, coordinates, force, feed or incident',
  searchHint: 'Westminster · 89195da49abffff · 51.5,-0.12 · kent · cad · an incident’s id',
  searching: 'Searching …',
  searchNone: 'Nothing found.',
  searchUnreachable: 'The server does not answer: incidents could not be looked for.',
  searchFound: (count: number) => (count === 1 ? '1 found' : `${count} found`),
  searchKind: {
    cell: 'hexagon',
    point: 'coordinates',
    place: 'place',
    force: 'force',
    feed: 'feed',
    incident: 'incident',
  },
  searchHotspot: (rank: number) => `hotspot ${rank}`,
  tableTitle: 'The map as a table',
  tableCells: (count: string) => `${count} hexagons with incidents or among the hotspots`,
  tableColumns: {
    rank: 'Rank',
    place: 'Place',
    happened: 'Happened',
    expected: 'Expected',
    interval: '80 % range',
    before: 'Just before',
    trend: 'Trend',
  },
  tableNone: 'Nothing is known of any hexagon yet.',
  newTop: (place: string, expected: string) => `New first hotspot: ${place}, ${expected} expected`,
  newHotspots: (count: number) => (count === 1 ? '1 new hotspot' : `${count} new hotspots`),
};
