/** What an incident is: agencies, categories, markers, and which of them place a person at risk when mapped finely. */

export const AGENCIES = ['police', 'council', 'health', 'social-care', 'community', 'transport'] as const;
export type Agency = (typeof AGENCIES)[number];

export const CATEGORIES = [
  'anti-social-behaviour',
  'burglary',
  'robbery',
  'theft-from-person',
  'vehicle-crime',
  'bicycle-theft',
  'shoplifting',
  'other-theft',
  'criminal-damage-arson',
  'violence',
  'sexual-offences',
  'possession-of-weapons',
  'drugs',
  'public-order',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const MARKERS = ['knife', 'firearm', 'domestic', 'vawg', 'hate', 'youth', 'alcohol'] as const;
export type Marker = (typeof MARKERS)[number];

/** Whether a fine place could point at a person's home: such incidents are shown at the coarse resolution. */
export function isSensitive(incident: { category: Category; markers: readonly Marker[] }): boolean {
  return (
    incident.category === 'sexual-offences' ||
    incident.markers.includes('domestic') ||
    incident.markers.includes('vawg')
  );
}
