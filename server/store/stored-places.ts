/** Where the stored incidents lie, and for which force: counted by cell, or point by point where that is too coarse. */
import type { Force } from '../../shared/force.ts';
import { openConnection, type Database } from './database.ts';

/** Incidents of one force in one cell, and the box around their points. */
export interface CellPlaces {
  /** As the database has it. */
  cell: string;
  force: Force;
  incidents: number;
  south: number;
  west: number;
  north: number;
  east: number;
}

/** Incidents of one force at one point. */
export interface PointPlace {
  cell: string;
  lat: number;
  lon: number;
  force: Force;
  incidents: number;
}

/** What the two below read from: one unchanging view of the database. */
export type PlacesView = Pick<Database, 'query'>;

const PAGE = 20_000;
/** Of `incidents i`: few revisions do not count, so these are looked for, not the many that do. */
const COUNTS = `not exists (
  select from incident_history_keys h
  where h.agency = i.agency and h.feed = i.feed and h.id = i.id and h.revision = i.revision)`;

/** Opens a view without a time limit: a pass over years of incidents takes minutes. */
export async function viewPlaces<Result>(
  databaseUrl: string,
  read: (view: PlacesView) => Promise<Result>,
): Promise<Result> {
  const connection = await openConnection(databaseUrl, 'places');
  try {
    await connection.query('begin isolation level repeatable read read only');
    return await read(connection);
  } finally {
    await connection.end();
  }
}

/** Incidents that count, whatever their status, a page of cells at a time. Cost: one pass over all incidents. */
export function cellPlaces(view: PlacesView): AsyncGenerator<CellPlaces[]> {
  return pages(
    view,
    `select cell::text as cell, force, count(*) as incidents, min(lat) as south, min(lon) as west,
       max(lat) as north, max(lon) as east
     from incidents i where ${COUNTS} group by cell, force`,
  );
}

/** The same, point by point, for some cells. Cost: an index range per cell. */
export function pointPlaces(view: PlacesView, cells: readonly string[]): AsyncGenerator<PointPlace[]> {
  return pages(
    view,
    `select cell::text as cell, lat, lon, force, count(*) as incidents
     from incidents i where cell = any($1::bigint[]) and ${COUNTS} group by cell, lat, lon, force`,
    [cells],
  );
}

async function* pages<Row extends object>(
  view: PlacesView,
  query: string,
  values: unknown[] = [],
): AsyncGenerator<Row[]> {
  await view.query(`declare places no scroll cursor for ${query}`, values);
  try {
    for (;;) {
      const { rows } = await view.query<Row>(`fetch ${PAGE} from places`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await view.query('close places');
  }
}
