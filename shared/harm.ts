/**
 * How grave an incident is, as the days of imprisonment that the Cambridge Crime Harm Index gives its offence.
 *
 * The index (Sherman, Neyroud & Neyroud 2016, Policing 10(3), 171–183; 2026 update of the Cambridge Centre for
 * Evidence-Based Policing) scores an offence by the sentence at which guidelines start for a first offender. Feeds tell
 * categories, not offences: a category has the median of its offences where those fall into one Home Office subgroup.
 * Where it bundles subgroups of different weight, and no incident says which it is, it has the LOWEST of the 43 forces'
 * averages over their own mix of the year to March 2025: harm is told too low rather than too high.
 *
 * SECOND-HAND: the index's own spreadsheet (`Cambridge-CCHI-2026-update.xlsx`, sheet `CCHI 2026 values sheet`, from
 * cambridge-ebp.co.uk/chi) could not be had here. Subgroup medians and averages are those that a public student project
 * (TU Eindhoven, 4CBLW020, `CCHI_SOURCES.md`: 1,266 rows of that sheet) documents with their derivation. Each number below
 * was compared with that table, and is its number, rounded to a whole day; the sheet itself was not compared. The weights
 * of the other measure, the ONS Crime Severity Score, as another public project copied them from the ONS data tool, put
 * the same in the same order (robbery 746, burglary of a dwelling 438, theft from the person 86, shoplifting 13).
 * Whoever has the spreadsheet replaces the numbers below, and nothing else.
 */
import type { Category } from './category.ts';
import type { DISCOVERIES } from './incident.ts';

/** Whole days: sums of them can be taken back without a remainder. */
export const HARM_DAYS: Readonly<Record<Category, number>> = {
  // No notifiable crime, so the index has no score for it: what it gives the slightest that it has.
  'anti-social-behaviour': 1,
  // Residential 273.5, otherwise 183.5; forces 190.70 to 252.52.
  burglary: 191,
  robbery: 365,
  'theft-from-person': 2,
  'vehicle-crime': 5,
  'bicycle-theft': 2,
  shoplifting: 1,
  'other-theft': 2,
  // Arson 185, criminal damage 2; forces 4.94 to 18.19.
  'criminal-damage-arson': 5,
  // From harassment, 10, to homicide, 5,475; police.uk’s violence and sexual offences in one, forces 159.07 to 235.12.
  violence: 159,
  // Those other than rape (182.25): which it was is not told, and rape would be 2,555.
  'sexual-offences': 182,
  'possession-of-weapons': 274,
  // Trafficking 5, possession 3; forces 3.25 to 3.96.
  drugs: 3,
  // 7.5.
  'public-order': 8,
  // Miscellaneous crimes against society.
  other: 10,
};

/**
 * What it adds to the harm of a place, in days. Nothing where officers found it: that tells of where they looked, and
 * the index leaves it out for that reason.
 */
export function harmOf({
  category,
  discovery,
}: {
  category: Category;
  discovery: (typeof DISCOVERIES)[number];
}): number {
  return discovery === 'officer' ? 0 : HARM_DAYS[category];
}
