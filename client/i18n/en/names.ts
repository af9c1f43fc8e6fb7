/** Names of things, in English: themes, categories, agencies, forces, and the product itself. */
import type { Agency, Category, Marker } from '../../../shared/category.ts';
import { forceName } from '../../../shared/force-name.ts';
import type { Force } from '../../../shared/force.ts';
import type { Origin } from '../../../shared/incident.ts';
import type { Theme } from '../../../shared/theme.ts';
import type { CompassPoint } from '../../state/place.ts';

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

/** `Avon and Somerset`: the slugs are the names, written small. */
const force = (slug: Force): string => forceName(slug, 'en');

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

export const names = {
  product: 'Forewatch',
  theme,
  themeInShort,
  category,
  agency,
  marker,
  origin,
  originData: (origins: string) => `${origins} DATA`,
  originAnd: ' + ',
  force,
  direction,
  /** Feeds are named in slugs. */
  feed: (slug: string) => slug.replaceAll('-', ' '),
};
