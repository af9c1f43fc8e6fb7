/** The imported neighbourhoods: a force's are replaced as a whole or not at all. */
import type { ForceSlug } from '../../shared/force.ts';
import { AreaEdges, type Box } from '../force-areas/area-edges.ts';
import type { Polygons } from '../force-areas/polygons.ts';
import type { NeighbourhoodArea } from '../neighbourhoods/read-neighbourhoods.ts';
import { inTransaction, type Database } from './database.ts';

/** In one transaction: each force that is named loses its earlier neighbourhoods, other forces keep theirs. */
export function saveNeighbourhoods(database: Database, areas: readonly NeighbourhoodArea[]): Promise<void> {
  return inTransaction(database, async (transaction) => {
    const forces = [...new Set(areas.map(({ force }) => force))];
    await transaction.query('delete from neighbourhoods where force = any($1)', [forces]);
    for (const { force, id, name, officer, polygons } of areas) {
      const { south, west, north, east } = new AreaEdges(polygons).box;
      await transaction.query(
        `insert into neighbourhoods (force, id, name, officer_name, officer_role, officer_contact, south, west, north, east,
           geometry, imported_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp())`,
        [
          ...[force, id, name, officer?.name ?? null, officer?.role ?? null, officer?.contact ?? null],
          ...[south, west, north, east, JSON.stringify(polygons)],
        ],
      );
    }
  });
}

/** Returns how many each of the forces had. */
export async function removeNeighbourhoods(
  database: Pick<Database, 'query'>,
  forces: readonly ForceSlug[],
): Promise<Map<ForceSlug, number>> {
  const { rows } = await database.query<{ force: ForceSlug; count: number }>(
    `with removed as (delete from neighbourhoods where force = any($1) returning force)
     select force, count(*) as count from removed group by force`,
    [forces],
  );
  return new Map(rows.map(({ force, count }) => [force, count]));
}

export interface NeighbourhoodCount {
  force: ForceSlug;
  neighbourhoods: number;
  /** With an officer named. */
  named: number;
  importedAt: Date;
}

export async function countNeighbourhoods(database: Pick<Database, 'query'>): Promise<NeighbourhoodCount[]> {
  const { rows } = await database.query<Omit<NeighbourhoodCount, 'importedAt'> & { imported_at: Date }>(
    `select force, count(*) as neighbourhoods, count(officer_name) as named, max(imported_at) as imported_at
     from neighbourhoods group by force order by force`,
  );
  return rows.map(({ imported_at, ...row }) => ({ ...row, importedAt: imported_at }));
}

interface NeighbourhoodRow {
  force: ForceSlug;
  id: string;
  name: string;
  officer_name: string | null;
  officer_role: string | null;
  officer_contact: string | null;
  geometry: Polygons;
}

/** Those whose box touches this one. */
export async function selectNeighbourhoodsAround(
  database: Pick<Database, 'query'>,
  { south, west, north, east }: Box,
): Promise<NeighbourhoodArea[]> {
  const { rows } = await database.query<NeighbourhoodRow>(
    `select force, id, name, officer_name, officer_role, officer_contact, geometry from neighbourhoods
     where box(point(west, south), point(east, north)) && box(point($1, $2), point($3, $4)) order by force, id`,
    [west, south, east, north],
  );
  return rows.map(({ officer_name, officer_role, officer_contact, geometry, ...row }) => ({
    ...row,
    officer:
      officer_name === null ? null : { name: officer_name, role: officer_role, contact: officer_contact },
    polygons: geometry,
  }));
}
