/** Enwau: names of things, in Welsh. */
import type { Agency, Category, Marker } from '../../../shared/category.ts';
import { forceName } from '../../../shared/force-name.ts';
import type { Force } from '../../../shared/force.ts';
import type { Origin } from '../../../shared/incident.ts';
import type { Theme } from '../../../shared/theme.ts';
import type { CompassPoint } from '../../state/place.ts';
import { names as english } from '../en/names.ts';

const theme: Record<Theme, string> = {
  all: 'Pob digwyddiad',
  'knife-crime': 'Troseddau cyllyll',
  asb: 'Ymddygiad gwrthgymdeithasol',
  vawg: 'Trais yn erbyn menywod a merched',
  violence: 'Trais',
  burglary: 'Byrgleriaeth',
  theft: 'Dwyn',
};

const themeInShort: Record<Theme, string> = {
  ...theme,
  all: 'Pob un',
  asb: 'YGG',
  vawg: 'TEMM',
  'knife-crime': 'Cyllyll',
};

const category: Record<Category, string> = {
  'anti-social-behaviour': 'Ymddygiad gwrthgymdeithasol',
  burglary: 'Byrgleriaeth',
  robbery: 'Lladrad',
  'theft-from-person': 'Dwyn oddi ar berson',
  'vehicle-crime': 'Troseddau cerbydau',
  'bicycle-theft': 'Dwyn beic',
  shoplifting: 'Dwyn o siop',
  'other-theft': 'Dwyn arall',
  'criminal-damage-arson': 'Difrod neu losgi bwriadol',
  violence: 'Trais',
  'sexual-offences': 'Trosedd rywiol',
  'possession-of-weapons': 'Meddu ar arf',
  drugs: 'Cyffuriau',
  'public-order': 'Trefn gyhoeddus',
  other: 'Arall',
};

const agency: Record<Agency, string> = {
  police: 'Heddlu',
  council: 'Cyngor',
  health: 'Iechyd',
  'social-care': 'Gofal cymdeithasol',
  community: 'Cymuned',
  transport: 'Trafnidiaeth',
};

const marker: Record<Marker, string> = {
  knife: 'cyllell',
  firearm: 'dryll',
  domestic: 'domestig',
  vawg: 'TEMM',
  hate: 'casineb',
  youth: 'ieuenctid',
  alcohol: 'alcohol',
};

const origin: Record<Origin, string> = { live: 'Byw', recorded: 'WEDI’U RECORDIO', simulated: 'EFELYCHOL' };

const force = (slug: Force): string => forceName(slug, 'cy');

const direction: Record<CompassPoint, string> = {
  n: 'G',
  ne: 'GDn',
  e: 'Dn',
  se: 'DDn',
  s: 'D',
  sw: 'DGn',
  w: 'Gn',
  nw: 'GGn',
};

export const names: typeof english = {
  product: 'Forewatch',
  theme,
  themeInShort,
  category,
  agency,
  marker,
  origin,
  originData: (origins) => `DATA ${origins}`,
  originAnd: ' + ',
  force,
  direction,
  feed: english.feed,
};
