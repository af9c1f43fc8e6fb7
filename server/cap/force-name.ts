/** What a force is called where its slug is not enough. */
import type { Force } from '../../shared/force.ts';

const SMALL = new Set(['and', 'of']);

export function forceName(force: Force): string {
  if (force === 'dyfed-powys') return 'Dyfed-Powys';
  const words = force.split('-');
  return words
    .map((word) => (SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
