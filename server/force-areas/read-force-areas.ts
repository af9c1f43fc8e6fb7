/** Reads force areas from GeoJSON, and says of a faulty file which feature is wrong, where and why. */
import type { ForceSlug } from '../../shared/force.ts';
import type { ForceArea } from './area-index.ts';
import { forceNamed } from './force-named.ts';
import { GeoJsonError, isRecord, polygonsOf, readFeatures } from './geojson.ts';

/** An area as a file has it. */
export interface NamedForceArea extends ForceArea {
  /** As the file calls it. */
  name: string;
}

/**
 * A FeatureCollection of Polygons and MultiPolygons in WGS 84, each with the force's name or slug as one
 * of its properties, whatever that is called. Rings may run either way. Throws `GeoJsonError`.
 */
export function readForceAreas(text: string): NamedForceArea[] {
  const areas: NamedForceArea[] = [];
  for (const [index, feature] of readFeatures(text).entries()) {
    const area = areaOf(feature, `feature ${index + 1}`);
    const twin = areas.findIndex(({ force }) => force === area.force);
    if (twin >= 0)
      throw new GeoJsonError(
        `features ${twin + 1} and ${index + 1} are both ${area.force}: one area per force`,
      );
    areas.push(area);
  }
  return areas;
}

function areaOf(feature: unknown, place: string): NamedForceArea {
  if (!isRecord(feature) || feature['type'] !== 'Feature')
    throw new GeoJsonError(`${place} is not a GeoJSON Feature`);
  const { force, name } = forceOf(feature, place);
  return { force, name, polygons: polygonsOf(feature['geometry'], `${place} (${name})`) };
}

function forceOf(
  { properties, id }: Record<string, unknown>,
  place: string,
): { force: ForceSlug; name: string } {
  const texts = [...(isRecord(properties) ? Object.values(properties) : []), id].filter(
    (value) => typeof value === 'string',
  );
  const named = texts.flatMap((name) => {
    const force = forceNamed(name);
    return force === undefined ? [] : [{ force, name }];
  });
  const [first] = named;
  if (first === undefined) {
    const told = texts.length === 0 ? 'no text' : texts.map((text) => `"${text.slice(0, 40)}"`).join(', ');
    throw new GeoJsonError(
      `${place} names none of the 43 forces of England and Wales: its properties have ${told.slice(0, 200)}`,
    );
  }
  const other = named.find(({ force }) => force !== first.force);
  if (other !== undefined)
    throw new GeoJsonError(`${place} contradicts itself: it names ${first.force} and ${other.force}`);
  // A slug is no name where there is a better one.
  return { force: first.force, name: (named.find(({ name }) => name !== first.force) ?? first).name.trim() };
}
