/** Every word the client shows, in English; another language is another file of this shape. */
import type { Agency, Category, Marker } from '../../shared/category.ts';
import type { FeedCondition } from '../../shared/feed.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin, TimePrecision } from '../../shared/incident.ts';
import type { PeriodKind } from '../../shared/period.ts';
import type { Theme } from '../../shared/theme.ts';
import type { CompassPoint } from '../state/place.ts';

const theme: Record<Theme, string> = {
  all: 'All incidents',
  'knife-crime': 'Knife crime',
  asb: 'Anti-social behaviour',
  vawg: 'Violence against women and girls',
  violence: 'Violence',
  burglary: 'Burglary',
  theft: 'Theft',
};

const themeInShort: Record<Theme, string> = {
  ...theme,
  all: 'All',
  asb: 'ASB',
  vawg: 'VAWG',
  'knife-crime': 'Knife',
};

const category: Record<Category, string> = {
  'anti-social-behaviour': 'Anti-social behaviour',
  burglary: 'Burglary',
  robbery: 'Robbery',
  'theft-from-person': 'Theft from person',
  'vehicle-crime': 'Vehicle crime',
  'bicycle-theft': 'Bicycle theft',
  shoplifting: 'Shoplifting',
  'other-theft': 'Other theft',
  'criminal-damage-arson': 'Damage or arson',
  violence: 'Violence',
  'sexual-offences': 'Sexual offence',
  'possession-of-weapons': 'Weapon possession',
  drugs: 'Drugs',
  'public-order': 'Public order',
  other: 'Other',
};

const agency: Record<Agency, string> = {
  police: 'Police',
  council: 'Council',
  health: 'Health',
  'social-care': 'Social care',
  community: 'Community',
  transport: 'Transport',
};

const marker: Record<Marker, string> = {
  knife: 'knife',
  firearm: 'firearm',
  domestic: 'domestic',
  vawg: 'VAWG',
  hate: 'hate',
  youth: 'youth',
  alcohol: 'alcohol',
};

const origin: Record<Origin, string> = { live: 'Live', recorded: 'RECORDED', simulated: 'SIMULATED' };
const condition: Record<FeedCondition, string> = { live: 'live', late: 'late', silent: 'SILENT' };
const next: Record<HorizonHours, string> = { 1: 'next hour', 8: 'next 8 h', 24: 'next 24 h' };
const last: Record<HorizonHours, string> = { 1: 'last hour', 8: 'last 8 h', 24: 'last 24 h' };

const knownBy: Record<TimePrecision, string> = {
  minute: '',
  hour: 'hours only',
  day: 'days only',
  month: 'months only',
};
const inPeriod: Record<PeriodKind, (name: string) => string> = {
  day: (name) => `on ${name}`,
  month: (name) => `in ${name}`,
};

const LOWER = new Set(['and', 'of']);

/** `Avon and Somerset`: the slugs are the names, written small. */
function force(slug: Force): string {
  if (slug === 'dyfed-powys') return 'Dyfed-Powys';
  const word = (part: string): string =>
    LOWER.has(part) ? part : part.charAt(0).toUpperCase() + part.slice(1);
  return slug.split('-').map(word).join(' ');
}

const direction: Record<CompassPoint, string> = {
  n: 'N',
  ne: 'NE',
  e: 'E',
  se: 'SE',
  s: 'S',
  sw: 'SW',
  w: 'W',
  nw: 'NW',
};

export const en = {
  /** For dates and numbers. */
  locale: 'en-GB',
  product: 'Forewatch',
  theme,
  themeInShort,
  category,
  agency,
  marker,
  origin,
  originData: (origins: string) => `${origins} DATA`,
  originAnd: ' + ',
  condition,
  force,
  next,
  last,
  direction,
  /** The finest times that a feed knows, where those are no moments. */
  knownBy,
  inPeriod,
  periods: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  wholePeriod: (name: string) => `${name}, no times known`,
  inAll: (count: string) => `${count} in all`,
  noTimes: 'no times known',
  kilometres: (distance: string, towards: string) => `${distance} km ${towards}`,
  centre: 'centre',
  about: (place: string) => `about ${place}, place withheld`,
  incidents: (count: number) => (count === 1 ? 'incident' : 'incidents'),
  /** What late reports will make of a count; the count itself stands beside it. */
  onceAllIsKnown: (count: string) => `≈ ${count} once all is reported`,
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
    slug === 'unassigned' ? reason : `${force(slug)}: ${reason}`,
  latest: 'Latest',
  noIncidents: 'No incidents in the last 24 h.',
  unlisted: (count: string) => `and ${count} more, too many at once to list`,
  severity: (severity: number) => `severity ${severity} of 5`,
  cancelled: 'cancelled',
  aboutHour: (time: string) => `~${time}`,
  /** Feeds are named in slugs. */
  feed: (slug: string) => slug.replaceAll('-', ' '),
  feeds: 'Feeds',
  noFeeds: 'No feed has ever sent anything.',
  feedAge: (condition: FeedCondition, age: string) => (condition === 'silent' ? `for ${age}` : `${age} ago`),
  stored: (count: string) => `${count} stored`,
  rejected: (count: string) => `${count} rejected`,
  duplicates: (count: string) => `${count} repeated`,
  lastRejection: (path: string, reason: string) => (path === '' ? reason : `${path}: ${reason}`),
  otherFeeds: (count: number, worst: FeedCondition) =>
    `+ ${count} more, ${worst === 'live' ? 'all live' : `some ${worst}`}`,
  silent: (feeds: string) => `No word from ${feeds}`,
  silentMeans: 'Quiet here does not mean quiet streets.',
  connection: { connecting: 'Connecting', live: 'Live', stale: 'No connection' },
  stale: (age: string) => `No live data for ${age}`,
  pictureOf: (time: string) => `picture of ${time}`,
  waiting: 'Waiting for the server',
  waitingFor: (age: string) => `for ${age}`,
  refused: (reason: string) => `The server refuses: ${reason}`,
  tokenRefused: 'this wall’s token is no longer valid',
  speed: (factor: string) => `×${factor}`,
  clockStands: 'clock stands',
  heatLegend: 'Incidents per km²',
  hotspotLegend: 'Expected incidents',
  naturalEarth: 'Land: Natural Earth',
  noTiles: 'no map tiles reachable',
  chooseTheme: 'Theme',
  chooseHorizon: 'Forecast',
  chooseHeat: 'Heat',
  heatAsHorizon: 'as forecast',
  hours: (hours: number) => `${hours} h`,
  fit: 'Fit map',
  keys: 'Keys: T theme · H forecast · W heat · 0 fit',
  signIn: 'Sign in',
  signOut: 'Sign out',
  user: 'User',
  password: 'Password',
  signingIn: 'Signing in…',
  wrongCredentials: 'User or password is wrong.',
  tooManyAttempts: 'Too many attempts. Wait a minute, then try again.',
  unreachable: 'The server does not answer. Trying again.',
  needsToken: 'This wall has no valid token. Open its full address again, or sign in.',
  failed: 'The page stopped working. It starts again by itself.',
  seconds: (count: number) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  wholeHours: (count: number) => `${count} h`,
  days: (count: number) => `${count} d`,
};

export type Words = typeof en;
