/** Reads neighbourhoods from GeoJSON, as the police.uk API tells of them, and says of a faulty file which feature is wrong and why. */
import type { NamedOfficer, Neighbourhood } from '../../shared/neighbourhood.ts';
import { forceNamed } from '../force-areas/force-named.ts';
import { GeoJsonError, isRecord, polygonsOf, readFeatures } from '../force-areas/geojson.ts';
import type { Polygons } from '../force-areas/polygons.ts';

export interface NeighbourhoodArea extends Neighbourhood {
  polygons: Polygons;
}

type Properties = Record<string, unknown>;

const LONGEST_TEXT = 200;

/**
 * A FeatureCollection of Polygons and MultiPolygons in WGS 84, each with the properties `force` (slug or name), `id`, `name`
 * and, where an officer is named, `officer: {name, role, contact}`; `role` may be called `rank`, and `contact` may be the
 * `contact_details` of police.uk. Throws `GeoJsonError`.
 */
export function readNeighbourhoods(text: string): NeighbourhoodArea[] {
  const areas = new Map<string, NeighbourhoodArea>();
  for (const [index, feature] of readFeatures(text).entries()) {
    const place = `feature ${index + 1}`;
    const area = areaOf(feature, place);
    const key = `${area.force}/${area.id}`;
    if (areas.has(key))
      throw new GeoJsonError(`${place} is ${key}, as an earlier one: one area per neighbourhood`);
    areas.set(key, area);
  }
  return [...areas.values()];
}

function areaOf(feature: unknown, place: string): NeighbourhoodArea {
  if (!isRecord(feature) || feature['type'] !== 'Feature' || !isRecord(feature['properties']))
    throw new GeoJsonError(`${place} is not a GeoJSON Feature with properties`);
  const { properties } = feature;
  const forceName = textOf(properties, 'force', place);
  const force = forceNamed(forceName);
  if (force === undefined)
    throw new GeoJsonError(
      `${place}: "${forceName.slice(0, 40)}" is none of the 43 forces of England and Wales`,
    );
  const id = textOf(properties, 'id', place);
  const name = textOf(properties, 'name', place);
  const polygons = polygonsOf(feature['geometry'], `${place} (${force}/${id})`);
  return { force, id, name, officer: officerOf(properties['officer'], place), polygons };
}

function textOf(properties: Properties, key: string, place: string): string {
  const text = optionalText(properties[key], `${place}: ${key}`);
  if (text === null) throw new GeoJsonError(`${place} has no property "${key}"`);
  return text;
}

function optionalText(value: unknown, place: string): string | null {
  if (value === undefined || value === null) return null;
  const text =
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : undefined;
  // PostgreSQL's text cannot hold the character NUL.
  if (text === undefined || text.length > LONGEST_TEXT || text.includes('\0'))
    throw new GeoJsonError(`${place} is not a text of at most ${LONGEST_TEXT} characters`);
  return text === '' ? null : text;
}

function officerOf(officer: unknown, place: string): NamedOfficer | null {
  if (officer === undefined || officer === null) return null;
  if (!isRecord(officer)) throw new GeoJsonError(`${place}: officer is not an object with a name`);
  const name = optionalText(officer['name'], `${place}: officer.name`);
  if (name === null) throw new GeoJsonError(`${place}: officer has no name`);
  return {
    name,
    role: optionalText(officer['role'] ?? officer['rank'], `${place}: officer.role`),
    contact: contactOf(officer['contact'] ?? officer['contact_details'], place),
  };
}

/** A text, or an object like `{email, telephone}`: the first of its texts. */
function contactOf(contact: unknown, place: string): string | null {
  const texts = isRecord(contact) ? Object.values(contact) : [contact];
  for (const value of texts) {
    const text = optionalText(value, `${place}: officer.contact`);
    if (text !== null) return text;
  }
  return null;
}
