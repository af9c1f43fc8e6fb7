/** Where a partner's action is, in words: from the area's centre, or where there is no map beside it by coordinates. */
import { cellCentre, type Cell } from '../../shared/cell.ts';
import { formatPlace } from './format.ts';
import { words } from './words.ts';

/** About 100 m: a hexagon is no finer. */
const DIGITS = 3;

/** @param centre in degrees, or null where nothing tells what lies around */
export function placeOfAction(
  cell: Cell,
  centre: readonly [latitude: number, longitude: number] | null,
): string {
  const [latitude, longitude] = cellCentre(cell);
  if (centre !== null) return formatPlace(centre, [latitude, longitude]);
  const { direction } = words;
  const north = `${Math.abs(latitude).toFixed(DIGITS)}° ${latitude < 0 ? direction.s : direction.n}`;
  return `${north}, ${Math.abs(longitude).toFixed(DIGITS)}° ${longitude < 0 ? direction.w : direction.e}`;
}
