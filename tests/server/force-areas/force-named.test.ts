/** A force is known by whichever of its usual names a file has. */
import { describe, expect, it } from 'vitest';
import { FORCES } from '../../../shared/force.ts';
import { forceNamed } from '../../../server/force-areas/force-named.ts';

describe('a force', () => {
  it.each(FORCES)('is found by its slug: %s', (force) => {
    expect(forceNamed(force)).toBe(force);
  });

  it.each([
    ['Metropolitan Police', 'metropolitan'],
    ['Metropolitan Police Service', 'metropolitan'],
    ['London, City of', 'city-of-london'],
    ['City of London Police', 'city-of-london'],
    ['Avon & Somerset Constabulary', 'avon-and-somerset'],
    ['Devon & Cornwall Police', 'devon-and-cornwall'],
    ['Dyfed-Powys', 'dyfed-powys'],
    ['Dyfed Powys Police', 'dyfed-powys'],
    ['Hampshire and Isle of Wight Constabulary', 'hampshire'],
    ['Durham Constabulary', 'durham'],
    ['GREATER MANCHESTER POLICE', 'greater-manchester'],
    ['West Mercia Police Force Area', 'west-mercia'],
    [' Kent ', 'kent'],
  ])('is found by a name in use: %s', (name, force) => {
    expect(forceNamed(name)).toBe(force);
  });

  it.each([
    '',
    'Police',
    'Police Scotland',
    'Kentish',
    'British Transport Police',
    'E23000001',
    'unassigned',
    'constructor',
  ])('is not meant by %j', (name) => {
    expect(forceNamed(name)).toBeUndefined();
  });
});
