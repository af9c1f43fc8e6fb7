/** The crime types of the Vancouver Police Department's open data. */
import type { CategoryMap } from '../category-map.ts';

export const VANCOUVER: CategoryMap = {
  source: /^vpd$/i,
  categories: [
    [/^break and enter (residential\/other|commercial)$/i, 'burglary'],
    [/^theft (from|of) vehicle$/i, 'vehicle-crime'],
    [/^theft of bicycle$/i, 'bicycle-theft'],
    [/^other theft$/i, 'other-theft'],
    [/^mischief$/i, 'criminal-damage-arson'],
    [/^(homicide|offence against a person)$/i, 'violence'],
    [/^vehicle collision or pedestrian struck/i, 'other'],
  ],
  markers: [],
};
