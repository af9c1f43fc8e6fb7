/** Reads areas from GeoJSON, and says of a faulty file where and why. */
import type { Polygons, Ring } from './polygons.ts';
import { ringFault } from './ring-fault.ts';

/** The file is not what is wanted; the message is one line that names the feature and the place. */
export class GeoJsonError extends Error {
  override readonly name = 'GeoJsonError';
}

/** The features of a FeatureCollection in WGS 84; at least one. Throws `GeoJsonError`. */
export function readFeatures(text: string): readonly unknown[] {
  const collection = parsed(text);
  if (!isRecord(collection) || collection['type'] !== 'FeatureCollection')
    throw new GeoJsonError('not a GeoJSON FeatureCollection');
  checkReferenceSystem(collection['crs']);
  const { features } = collection;
  if (!Array.isArray(features) || features.length === 0)
    throw new GeoJsonError('a FeatureCollection without features');
  return features as readonly unknown[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new GeoJsonError(`not JSON: ${(cause as Error).message.replaceAll(/\s+/g, ' ')}`, { cause });
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** GeoJSON of today is in WGS 84; older files say in `crs` what they are in. */
function checkReferenceSystem(crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const properties = isRecord(crs) ? crs['properties'] : undefined;
  const name = isRecord(properties) ? properties['name'] : undefined;
  if (typeof name === 'string' && /(CRS84|EPSG:(.*:)?4326)$/i.test(name)) return;
  throw new GeoJsonError(
    `its coordinates are in ${typeof name === 'string' ? name : 'an unknown crs'}: convert them to WGS 84 (EPSG:4326) first`,
  );
}

/** Of a Polygon or MultiPolygon; `place` says in a fault which feature it is of. Throws `GeoJsonError`. */
export function polygonsOf(geometry: unknown, place: string): Polygons {
  const { type, coordinates } = isRecord(geometry) ? geometry : {};
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    throw new GeoJsonError(
      `${place} has ${typeof type === 'string' ? `a ${type}` : 'no geometry'}: a Polygon or MultiPolygon is wanted`,
    );
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0)
    throw new GeoJsonError(`${place} has a ${type} without polygons`);
  return polygons.map((rings: unknown, polygon) => {
    const where = polygons.length === 1 ? place : `${place}, polygon ${polygon + 1}`;
    if (!Array.isArray(rings) || rings.length === 0) throw new GeoJsonError(`${where} has no rings`);
    return rings.map((ring: unknown, index): Ring => {
      const fault = ringFault(ring);
      if (fault !== undefined) throw new GeoJsonError(`${where}: ring ${index + 1} ${fault}`);
      // A height above the sea is let go of.
      return (ring as Ring).map(([longitude, latitude]) => [longitude, latitude]);
    });
  });
}
