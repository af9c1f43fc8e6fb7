/** Steps from a hexagon to the neighbour in a direction, for whoever moves over the map by keys. */
import { cellCentre, neighbours, type Cell } from '../../shared/cell.ts';

export const ARROWS = {
  ArrowUp: { north: 1, east: 0 },
  ArrowDown: { north: -1, east: 0 },
  ArrowLeft: { north: 0, east: -1 },
  ArrowRight: { north: 0, east: 1 },
} as const;
export type Arrow = keyof typeof ARROWS;

export function isArrow(key: string): key is Arrow {
  return Object.hasOwn(ARROWS, key);
}

/** Of the up to six neighbours the one that lies nearest to the direction: never more than 30° off. */
export function stepFrom(cell: Cell, arrow: Arrow): Cell {
  const [latitude, longitude] = cellCentre(cell);
  const { north, east } = ARROWS[arrow];
  const narrower = Math.cos((latitude * Math.PI) / 180);
  let best = { cell, along: -Infinity };
  for (const other of neighbours(cell)) {
    const [otherLatitude, otherLongitude] = cellCentre(other);
    const up = otherLatitude - latitude;
    const right = (otherLongitude - longitude) * narrower;
    const along = (up * north + right * east) / Math.hypot(up, right);
    if (along > best.along) best = { cell: other, along };
  }
  return best.cell;
}
