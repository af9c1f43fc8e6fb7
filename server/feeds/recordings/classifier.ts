/** Gives each native name of a recording its category and markers, by the map of its publisher. */
import { CATEGORIES, type Category, type Marker } from '../../../shared/category.ts';
import type { CategoryMap } from './category-map.ts';
import type { IncidentMessage } from '../../../shared/incident.ts';
import { POLICE_UK } from './category-maps/police-uk.ts';
import { ST_LOUIS } from './category-maps/st-louis.ts';
import { VANCOUVER } from './category-maps/vancouver.ts';

export interface Classification {
  category: Category;
  markers: readonly Marker[];
  /** False where no map knows the name, and `other` is only a last resort. */
  isMapped: boolean;
}

const MAPS: readonly CategoryMap[] = [POLICE_UK, VANCOUVER, ST_LOUIS];

/**
 * Classifies the names of one recording. `own` (by native name, any case) goes before the maps that ship.
 * The map is chosen by `source`; where that is unknown, the first map that knows the name decides, and
 * a name that is one of our categories stays what it is.
 */
export class Classifier {
  readonly #own: ReadonlyMap<string, Omit<Classification, 'isMapped'>>;
  readonly #known = new Map<string, Classification>();

  constructor(own: ReadonlyMap<string, Omit<Classification, 'isMapped'>> = new Map()) {
    this.#own = own;
  }

  classify(nativeCategory: string, source: string): Classification {
    const key = `${source}\n${nativeCategory}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const classification = this.#look(nativeCategory.trim(), source);
    if (this.#known.size > 10_000) this.#known.clear(); // free text in the column must not fill the memory
    this.#known.set(key, classification);
    return classification;
  }

  #look(name: string, source: string): Classification {
    const own = this.#own.get(name.toLowerCase());
    if (own !== undefined) return { ...own, isMapped: true };
    const published = MAPS.find((map) => map.source.test(source));
    for (const map of published === undefined ? MAPS : [published]) {
      const category = map.categories.find(([pattern]) => pattern.test(name))?.[1];
      if (category !== undefined) return { category, markers: markersOf(map, name), isMapped: true };
    }
    const same = CATEGORIES.find((category) => category === name);
    const markers = published === undefined ? [] : markersOf(published, name);
    return { category: same ?? 'other', markers, isMapped: same !== undefined };
  }
}

function markersOf(map: CategoryMap, name: string): Marker[] {
  return [...new Set(map.markers.filter(([pattern]) => pattern.test(name)).map(([, marker]) => marker))];
}

/** Drugs and weapons come to light where officers look: they say where police were, not where harm is. */
export function discoveryOf(category: Category): NonNullable<IncidentMessage['discovery']> {
  return category === 'drugs' || category === 'possession-of-weapons' ? 'officer' : 'reported';
}
