/** Which force a name means: files call them by slug, by area, or as the force calls itself. */
import { FORCES, type ForceSlug } from '../../shared/force.ts';

/** What names add to the area's own name. */
const ADDITIONS = /-(police-force-area|police|constabulary)(-service)?$/;
const OTHER_NAMES: ReadonlyMap<string, ForceSlug> = new Map([
  ['hampshire-and-isle-of-wight', 'hampshire'],
  ['hampshire-and-the-isle-of-wight', 'hampshire'],
]);

/** From names like "Devon & Cornwall Police", "London, City of", "merseyside"; `undefined` where it is none of the 43. */
export function forceNamed(name: string): ForceSlug | undefined {
  const words = name
    .replaceAll('&', ' and ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/^(.+)-city-of$/, 'city-of-$1')
    .replace(ADDITIONS, '');
  return FORCES.find((force) => force === words) ?? OTHER_NAMES.get(words);
}
