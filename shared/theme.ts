/** Themes: the groups of incidents that are forecast and shown together. */
import type { Category, Marker } from './category.ts';

export const THEMES = ['all', 'knife-crime', 'asb', 'vawg', 'violence', 'burglary', 'theft'] as const;
export type Theme = (typeof THEMES)[number];

type Classified = { category: Category; markers: readonly Marker[] };

const THEFT: ReadonlySet<Category> = new Set<Category>([
  'burglary',
  'robbery',
  'theft-from-person',
  'bicycle-theft',
  'other-theft',
  'shoplifting',
  'vehicle-crime',
]);
const VIOLENCE: ReadonlySet<Category> = new Set<Category>(['violence', 'robbery', 'sexual-offences']);

const BELONGS: Record<Theme, (incident: Classified) => boolean> = {
  all: () => true,
  'knife-crime': ({ markers }) => markers.includes('knife'),
  asb: ({ category }) => category === 'anti-social-behaviour',
  vawg: ({ category, markers }) =>
    category === 'sexual-offences' || markers.includes('vawg') || markers.includes('domestic'),
  violence: ({ category }) => VIOLENCE.has(category),
  burglary: ({ category }) => category === 'burglary',
  theft: ({ category }) => THEFT.has(category),
};

export function belongsTo(theme: Theme, incident: Classified): boolean {
  return BELONGS[theme](incident);
}

export function themesOf(incident: Classified): Theme[] {
  return THEMES.filter((theme) => BELONGS[theme](incident));
}
