/** Where the hatch lies: whole force areas, and the outline of the cells that a quiet feed would tell of. */
import { cellsToMultiPolygon } from 'h3-js';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { NotKnown, Unknown } from '../state/not-known.ts';
import { ringOf, type Ring } from './coast.ts';
import type { DrawnArea } from './force-areas.ts';

export interface HatchedPlace {
  why: Unknown;
  rings: readonly Ring[];
}

/**
 * Areas first. Where no boundary is imported, a force's cells stand for it.
 * @param seen forces that the reader may see: of all others nothing is known here
 */
export function hatchedPlaces(
  { forces, cells }: NotKnown,
  areas: readonly DrawnArea[],
  seen: readonly Force[],
): HatchedPlace[] {
  const whole = areas.flatMap(({ force, rings }): HatchedPlace[] => {
    const why = seen.length > 0 && !seen.includes(force) ? 'none' : forces.get(force);
    return why === undefined ? [] : [{ why, rings }];
  });
  return [...whole, ...(['late', 'silent'] as const).flatMap((why) => cellsOf(cells, why))];
}

function cellsOf(cells: NotKnown['cells'], wanted: 'late' | 'silent'): HatchedPlace[] {
  const own = [...cells].filter(([, { why }]) => why === wanted).map(([cell]) => cell);
  return own.length === 0 ? [] : [{ why: wanted, rings: outlinesOf(own) }];
}

function outlinesOf(cells: Cell[]): Ring[] {
  return cellsToMultiPolygon(cells, true).flat().map(ringOf);
}
