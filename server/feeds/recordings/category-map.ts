/** How one publisher's own names of incidents become categories and markers. */
import type { Category, Marker } from '../../../shared/category.ts';

export interface CategoryMap {
  /** The publisher's name in the recording's column `source`. */
  source: RegExp;
  /** The first that matches decides. */
  categories: readonly (readonly [RegExp, Category])[];
  /** Every one that matches is set. */
  markers: readonly (readonly [RegExp, Marker])[];
}
