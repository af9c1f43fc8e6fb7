/** Reads force areas from GeoJSON, and says of a faulty file which feature is wrong, where and why. */
import type { ForceSlug } from '../../shared/force.ts';
import type { ForceArea } from './area-index.ts';
import { forceNamed } from './force-named.ts';
import type { Polygons, Ring } from './polygons.ts';
import { ringFault } from './ring-fault.ts';

/** An area as a file has it. */
export interface NamedForceArea extends ForceArea {
  /** As the file calls it. */
  name: string;
}

/** The file is not what is wanted; the message is one line that names the feature and the place. */
export class ForceAreaError extends Error {
  override readonly name = 'ForceAreaError';
}

/**
 * A FeatureCollection of Polygons and MultiPolygons in WGS 84, each with the force's name or slug as one
 * of its properties, whatever that is called. Rings may run either way. Throws `ForceAreaError`.
 */
export function readForceAreas(text: string): NamedForceArea[] {
  const collection = parsed(text);
  if (!isRecord(collection) || collection['type'] !== 'FeatureCollection')
    throw new ForceAreaError('not a GeoJSON FeatureCollection');
  checkReferenceSystem(collection['crs']);
  const { features } = collection;
  if (!Array.isArray(features) || features.length === 0)
    throw new ForceAreaError('a FeatureCollection without features');
  const areas: NamedForceArea[] = [];
  for (const [index, feature] of (features as readonly unknown[]).entries()) {
    const area = areaOf(feature, `feature ${index + 1}`);
    const twin = areas.findIndex(({ force }) => force === area.force);
    if (twin >= 0)
      throw new ForceAreaError(
        `features ${twin + 1} and ${index + 1} are both ${area.force}: one area per force`,
      );
    areas.push(area);
  }
  return areas;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new ForceAreaError(`not JSON: ${(cause as Error).message.replaceAll(/\s+/g, ' ')}`, { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** GeoJSON of today is in WGS 84; older files say in `crs` what they are in. */
function checkReferenceSystem(crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const properties = isRecord(crs) ? crs['properties'] : undefined;
  const name = isRecord(properties) ? properties['name'] : undefined;
  if (typeof name === 'string' && /(CRS84|EPSG:(.*:)?4326)$/i.test(name)) return;
  throw new ForceAreaError(
    `its coordinates are in ${typeof name === 'string' ? name : 'an unknown crs'}: convert them to WGS 84 (EPSG:4326) first`,
  );
}

function areaOf(feature: unknown, place: string): NamedForceArea {
  if (!isRecord(feature) || feature['type'] !== 'Feature')
    throw new ForceAreaError(`${place} is not a GeoJSON Feature`);
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
    throw new ForceAreaError(
      `${place} names none of the 43 forces of England and Wales: its properties have ${told.slice(0, 200)}`,
    );
  }
  const other = named.find(({ force }) => force !== first.force);
  if (other !== undefined)
    throw new ForceAreaError(`${place} contradicts itself: it names ${first.force} and ${other.force}`);
  // A slug is no name where there is a better one.
  return { force: first.force, name: (named.find(({ name }) => name !== first.force) ?? first).name.trim() };
}

function polygonsOf(geometry: unknown, place: string): Polygons {
  const { type, coordinates } = isRecord(geometry) ? geometry : {};
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    throw new ForceAreaError(
      `${place} has ${typeof type === 'string' ? `a ${type}` : 'no geometry'}: a Polygon or MultiPolygon is wanted`,
    );
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0)
    throw new ForceAreaError(`${place} has a ${type} without polygons`);
  return polygons.map((rings: unknown, polygon) => {
    const where = polygons.length === 1 ? place : `${place}, polygon ${polygon + 1}`;
    if (!Array.isArray(rings) || rings.length === 0) throw new ForceAreaError(`${where} has no rings`);
    return rings.map((ring: unknown, index): Ring => {
      const fault = ringFault(ring);
      if (fault !== undefined) throw new ForceAreaError(`${where}: ring ${index + 1} ${fault}`);
      // A height above the sea is let go of.
      return (ring as Ring).map(([longitude, latitude]) => [longitude, latitude]);
    });
  });
}
