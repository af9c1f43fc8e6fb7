/** Finds neighbourhoods by a part of their name. */
import type { ForceSlug } from '../../shared/force.ts';
import type { NamedPlace } from '../../shared/search.ts';
import type { Database } from './database.ts';

/** Those whose name begins with the word first; at most ten. Cost: a look at every name, some thousands for the whole country. */
export async function selectNeighbourhoodsNamed(
  database: Pick<Database, 'query'>,
  word: string,
): Promise<NamedPlace[]> {
  const { rows } = await database.query<{ force: ForceSlug; name: string; lat: number; lon: number }>(
    `select force, name, (south + north) / 2 as lat, (west + east) / 2 as lon from neighbourhoods
     where strpos(lower(name), lower($1)) > 0
     order by strpos(lower(name), lower($1)) > 1, name, force limit 10`,
    [word],
  );
  return rows;
}
