/** Where the hatch lies: whole force areas, and the outline of the cells that a quiet feed would tell of. */
import { cellsToMultiPolygon } from 'h3-js';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { NotKnown, Unknown } from '../state/not-known.ts';
import { ringOf, type Ring } from './coast.ts';
import type { DrawnArea } from './force-areas.ts';

/** Less than this part missing changes the picture less than chance does. */
const SLIGHT_SHARE = 0.15;

export interface HatchedPlace {
  why: Unknown;
  /** Whether most of what is told there still comes: the picture is nearly whole. */
  isSlight: boolean;
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
    return why === undefined ? [] : [{ why, isSlight: false, rings }];
  });
  const told = (['late', 'silent'] as const).flatMap((why) =>
    [true, false].flatMap((isSlight) => {
      const own = [...cells].filter(
        ([, missing]) => missing.why === why && missing.share < SLIGHT_SHARE === isSlight,
      );
      return own.length === 0 ? [] : [{ why, isSlight, rings: outlinesOf(own.map(([cell]) => cell)) }];
    }),
  );
  return [...whole, ...told];
}

/** The outline of cells of one resolution: holes are rings, too. */
export function outlinesOf(cells: Cell[]): Ring[] {
  return cellsToMultiPolygon(cells, true).flat().map(ringOf);
}
