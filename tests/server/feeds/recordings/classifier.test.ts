/** Categories and markers of the three publishers whose maps ship. */
import { describe, expect, it } from 'vitest';
import { Classifier, discoveryOf } from '../../../../server/feeds/recordings/classifier.ts';

const classifier = new Classifier();

describe.each([
  ['slmpd', 'LARCENY-FROM MTR VEH UNDER $500  /ATTEMPT', 'vehicle-crime', []],
  ['slmpd', 'LARCENY-MTR VEH PARTS UNDER $500', 'vehicle-crime', []],
  ['slmpd', 'LARCENY-SHOPLIFT UNDER $500', 'shoplifting', []],
  ['slmpd', 'LARC-ALL OTH/FRM PRSN/$500 - $24,999', 'theft-from-person', []],
  ['slmpd', 'LARCENY-ALL OTH/FRM PRSN/UNDER $500', 'theft-from-person', []],
  ['slmpd', 'LARCENY-ALL OTHER UNDER $500', 'other-theft', []],
  ['slmpd', 'ASSLT-AGGRV-KNIFE/CUT-1ST-ADULT-DOMESTIC', 'violence', ['knife', 'domestic']],
  ['slmpd', 'ASLT-AGGRV-HND/FST/FT-2ND-CHILD-DOMESTIC', 'violence', ['domestic', 'youth']],
  ['slmpd', 'ASSAULT, ADULT, AGE 17 AND UP-DOMESTIC', 'violence', ['domestic']],
  ['slmpd', 'ROBBERY-HIGHWAY    /KNIFE USED/SUCCESSFUL', 'robbery', ['knife']],
  ['slmpd', 'ROBBERY CARJACKING /FIREARM USED/SUCCESSFUL', 'robbery', ['firearm']],
  ['slmpd', 'WEAPONS-CITY VIOL/DISCHRGING IN CITY', 'public-order', ['firearm']],
  ['slmpd', 'WEAPONS-STATE VIOL/DEFACED FIREARM', 'possession-of-weapons', ['firearm']],
  ['slmpd', 'DUI-DRVING WHILE INTOXICATED', 'other', ['alcohol']],
  ['slmpd', 'LIQUOR LAWS-POSSESSION BY A MINOR', 'anti-social-behaviour', ['youth', 'alcohol']],
  ['slmpd', 'SEX OFFNS-SX ABUSE/1ST/NO CONSNT/VIC<12', 'sexual-offences', ['youth']],
  ['slmpd', 'DRUGS-POSSESSION/MARIJUANA', 'drugs', []],
  ['slmpd', 'LEAVING SCENE OF ACCIDENT', 'other', []],
  ['vpd', 'Theft from Vehicle', 'vehicle-crime', []],
  ['vpd', 'Vehicle Collision or Pedestrian Struck (with Injury)', 'other', []],
  ['police.uk:merseyside', 'Violence and sexual offences', 'violence', []],
  ['police.uk:merseyside', 'Possession of weapons', 'possession-of-weapons', []],
  ['unheard of', 'Criminal damage and arson', 'criminal-damage-arson', []],
  ['unheard of', 'bicycle-theft', 'bicycle-theft', []],
] as const)('%s: %s', (source, native, category, markers) => {
  it(`is ${category} with ${markers.join(', ') || 'no markers'}`, () => {
    expect(classifier.classify(native, source)).toEqual({ category, markers, isMapped: true });
  });
});

it('says that a name maps nowhere', () => {
  expect(classifier.classify('Piracy', 'vpd')).toEqual({ category: 'other', markers: [], isMapped: false });
});

it('counts drugs and weapons as found by officers', () => {
  expect(discoveryOf('drugs')).toBe('officer');
  expect(discoveryOf('possession-of-weapons')).toBe('officer');
  expect(discoveryOf('violence')).toBe('reported');
});
