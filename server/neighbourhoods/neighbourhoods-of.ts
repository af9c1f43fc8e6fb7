/** Which neighbourhoods a hexagon lies in, that with the largest part of it first. */
import { cellCentre, cellCorners, coarseCell, fineCells, type Cell } from '../../shared/cell.ts';
import type { Neighbourhoods } from '../../shared/neighbourhood.ts';
import { AreaEdges } from '../force-areas/area-edges.ts';
import type { Database } from '../store/database.ts';
import { selectNeighbourhoodsAround } from '../store/neighbourhood-store.ts';

type Found = Neighbourhoods['neighbourhoods'];

export async function neighbourhoodsOf(database: Pick<Database, 'query'>, cell: Cell): Promise<Found> {
  const points = pointsOf(cell);
  const latitudes = points.map(([latitude]) => latitude);
  const longitudes = points.map(([, longitude]) => longitude);
  const around = await selectNeighbourhoodsAround(database, {
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
  });
  return around
    .map(({ polygons, ...own }) => {
      const edges = new AreaEdges(polygons);
      const inside = points.filter(([latitude, longitude]) => edges.contains(longitude, latitude)).length;
      return { ...own, share: Math.round((100 * inside) / points.length) / 100 };
    })
    .filter(({ share }) => share > 0)
    .sort((one, other) => other.share - one.share);
}

/** Spread evenly over it: of a fine hexagon its middle and half way to each corner, of a coarse one the middles of all within. */
function pointsOf(cell: Cell): [latitude: number, longitude: number][] {
  if (coarseCell(cell) === cell) return fineCells(cell).map(cellCentre);
  const [latitude, longitude] = cellCentre(cell);
  const halfWay = cellCorners(cell).map(([north, east]): [number, number] => [
    (latitude + north) / 2,
    (longitude + east) / 2,
  ]);
  return [[latitude, longitude], ...halfWay];
}
