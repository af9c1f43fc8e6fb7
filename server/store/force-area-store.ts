/** The imported force areas: one row per force, replaced as a whole or not at all. */
import type { MultiPolygon } from 'geojson';
import type { ForceSlug } from '../../shared/force.ts';
import type { ForceArea } from '../force-areas/area-index.ts';
import { outlinesOf } from '../force-areas/outlines.ts';
import { squareKilometres, type Polygons } from '../force-areas/polygons.ts';
import type { NamedForceArea } from '../force-areas/read-force-areas.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';

export interface ForceOutline {
  force: ForceSlug;
  /** As the imported file calls it. */
  name: string;
  squareKilometres: number;
  importedAt: Date;
  outline: MultiPolygon;
}

/** Stores the areas in one transaction: a force's earlier area is replaced, other forces keep theirs. */
export function saveForceAreas(database: Database, areas: readonly NamedForceArea[]): Promise<void> {
  return inChange(database, async (transaction) => {
    await transaction.query(
      `insert into force_areas (force, name, geometry, outline, area_km2, imported_at)
       select force, name, geometry, 'null', area_km2, clock_timestamp()
       from unnest($1::text[], $2::text[], $3::jsonb[], $4::float8[]) as given (force, name, geometry, area_km2)
       on conflict (force) do update set name = excluded.name, geometry = excluded.geometry,
         area_km2 = excluded.area_km2, imported_at = excluded.imported_at`,
      [
        areas.map(({ force }) => force),
        areas.map(({ name }) => name),
        areas.map(({ polygons }) => JSON.stringify(multiPolygon(polygons))),
        areas.map(({ polygons }) => squareKilometres(polygons)),
      ],
    );
  });
}

/** Returns the forces among those named that had an area. */
export function removeForceAreas(database: Database, forces: readonly ForceSlug[]): Promise<ForceSlug[]> {
  return inChange(database, async (transaction) => {
    const { rows } = await transaction.query<{ force: ForceSlug }>(
      'delete from force_areas where force = any($1) returning force',
      [forces],
    );
    return rows.map(({ force }) => force);
  });
}

export async function selectForceAreas(database: Pick<Database, 'query'>): Promise<ForceArea[]> {
  const { rows } = await database.query<{ force: ForceSlug; geometry: MultiPolygon }>(
    'select force, geometry from force_areas order by force',
  );
  return rows.map(({ force, geometry }) => ({
    force,
    // Checked when it was imported: positions of two numbers, which the GeoJSON types do not say.
    polygons: geometry.coordinates as unknown as Polygons,
  }));
}

export async function selectForceOutlines(database: Pick<Database, 'query'>): Promise<ForceOutline[]> {
  const { rows } = await database.query<{
    force: ForceSlug;
    name: string;
    area_km2: number;
    imported_at: Date;
    outline: MultiPolygon;
  }>('select force, name, area_km2, imported_at, outline from force_areas order by force');
  return rows.map(({ area_km2, imported_at, ...row }) => ({
    ...row,
    squareKilometres: area_km2,
    importedAt: imported_at,
  }));
}

/** Differs after every change of the areas, empty where there are none. Cheap enough to be asked every second. */
export async function selectForceAreasVersion(database: Pick<Database, 'query'>): Promise<string> {
  const { rows } = await database.query<{ version: string | null }>(
    `select count(*) || '-' || (extract(epoch from max(imported_at)) * 1000000)::bigint as version from force_areas`,
  );
  return rows[0]?.version ?? '';
}

/** One change at a time, so that versions rise; outlines are thinned together, since neighbours share their borders. */
function inChange<Result>(
  database: Database,
  change: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database, async (transaction) => {
    await transaction.query('lock table force_areas in share row exclusive mode');
    const result = await change(transaction);
    const areas = await selectForceAreas(transaction);
    await transaction.query(
      `update force_areas set outline = thinned.outline
       from unnest($1::text[], $2::jsonb[]) as thinned (force, outline) where force_areas.force = thinned.force`,
      [
        areas.map(({ force }) => force),
        outlinesOf(areas).map((polygons) => JSON.stringify(multiPolygon(polygons))),
      ],
    );
    return result;
  });
}

function multiPolygon(coordinates: Polygons): { type: 'MultiPolygon'; coordinates: Polygons } {
  return { type: 'MultiPolygon', coordinates };
}
