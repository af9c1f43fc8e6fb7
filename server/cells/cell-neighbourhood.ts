/** The neighbourhood that a hexagon mostly lies in, as its detail shows it. */
import type { CellNeighbourhood } from '../../shared/cell-detail.ts';
import type { Cell } from '../../shared/cell.ts';
import { neighbourhoodsOf } from '../neighbourhoods/neighbourhoods-of.ts';
import type { Database } from '../store/database.ts';

/** Null where none is imported that holds a part of it. */
export async function cellNeighbourhood(
  database: Pick<Database, 'query'>,
  cell: Cell,
): Promise<CellNeighbourhood | null> {
  const [largest] = await neighbourhoodsOf(database, cell);
  if (largest === undefined) return null;
  const { name, officer } = largest;
  return { name, officer: officer === null ? null : { name: officer.name, rank: officer.role } };
}
