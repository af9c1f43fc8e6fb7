/** The cells that make up an area: what its area share is measured over, whatever has happened where. */
import { polygonToCells } from 'h3-js';
import { cellAt, CELL_RESOLUTION, type Cell } from '../../shared/cell.ts';
import type { Polygons } from './polygons.ts';

/**
 * Every cell whose centre lies inside, each once: neighbouring areas share none. An island too small for a
 * centre has the cell of its first corner. Cost: 0.1 ms a square kilometre, 16,700 cells for the largest city.
 */
export function cellsOf(polygons: Polygons): Cell[] {
  const cells = new Set<Cell>();
  for (const rings of polygons) {
    const inside = polygonToCells(
      rings.map((ring) => ring.map(([longitude, latitude]) => [longitude, latitude])),
      CELL_RESOLUTION,
      true,
    );
    for (const cell of inside) cells.add(cell);
    const [corner] = rings[0] ?? [];
    if (inside.length === 0 && corner !== undefined) cells.add(cellAt(corner[1], corner[0]));
  }
  return [...cells];
}
