/** The outlines of the force areas, from the server to what can be drawn. */
import type { ForceAreaCollection } from '../../shared/force-area.ts';
import type { Force } from '../../shared/force.ts';
import { ringOf, type Ring } from './coast.ts';
import { namePlaces, type NamePlace } from './name-places.ts';

export interface DrawnArea {
  force: Force;
  rings: readonly Ring[];
  /** Of its largest ring, in worlds: that is where its name is written. */
  height: number;
  places: readonly NamePlace[];
}

export class ForceAreasUnavailable extends Error {
  override name = 'ForceAreasUnavailable';
}

/** What was loaded, and how to tell whether it has changed since. */
export interface LoadedAreas {
  tag: string | null;
  areas: DrawnArea[];
}

/** `before` again where nothing was imported since. Throws `ForceAreasUnavailable`. */
export async function loadForceAreas(before?: LoadedAreas): Promise<LoadedAreas> {
  try {
    // The browser keeps the answer and asks only whether it still holds.
    const response = await fetch('/api/force-areas');
    if (!response.ok) throw new Error(`status ${response.status}`);
    const tag = response.headers.get('etag');
    if (before !== undefined && tag === before.tag) return before;
    return { tag, areas: drawnAreas((await response.json()) as ForceAreaCollection) };
  } catch (cause) {
    throw new ForceAreasUnavailable('the force areas could not be loaded', { cause });
  }
}

export function drawnAreas({ features }: ForceAreaCollection): DrawnArea[] {
  return features.flatMap(({ geometry, properties: { force } }) => {
    const rings = geometry.coordinates.flat().map(ringOf);
    const [largest] = rings.toSorted((one, other) => sizeOf(other) - sizeOf(one));
    if (largest === undefined) return [];
    return [{ force, rings, height: largest.south - largest.north, places: namePlaces(largest) }];
  });
}

function sizeOf({ west, east, north, south }: Ring): number {
  return (east - west) * (south - north);
}
