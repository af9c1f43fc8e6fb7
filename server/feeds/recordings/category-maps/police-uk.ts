/** The crime types of data.police.uk, those of before May 2013 included. */
import type { CategoryMap } from '../category-map.ts';

export const POLICE_UK: CategoryMap = {
  source: /^police\.uk\b/i,
  categories: [
    [/^anti-social behaviour$/i, 'anti-social-behaviour'],
    [/^burglary$/i, 'burglary'],
    [/^robbery$/i, 'robbery'],
    [/^theft from the person$/i, 'theft-from-person'],
    [/^vehicle crime$/i, 'vehicle-crime'],
    [/^bicycle theft$/i, 'bicycle-theft'],
    [/^shoplifting$/i, 'shoplifting'],
    [/^other theft$/i, 'other-theft'],
    [/^criminal damage and arson$/i, 'criminal-damage-arson'],
    // Published as one: sexual offences can't be told apart, so this source says nothing about `vawg`.
    [/^(violence and sexual offences|violent crime)$/i, 'violence'],
    [/^possession of weapons$/i, 'possession-of-weapons'],
    [/^drugs$/i, 'drugs'],
    [/^(public order|public disorder and weapons)$/i, 'public-order'],
    [/^other crime$/i, 'other'],
  ],
  markers: [],
};
