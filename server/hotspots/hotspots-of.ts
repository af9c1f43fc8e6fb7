/** A forecast's hotspots as they are told, each with how far its count may be from what is expected. */
import type { Hotspot } from '../../shared/hotspot.ts';
import { spreadOf } from '../../models/interval.ts';
import type { RankedCell } from './rank.ts';

/** Names every number of single precision: what is told is what was forecast. */
const EXACT_DIGITS = 9;
const CHANCE_DIGITS = 4;

/** `dispersion` is that of the theme's counts; `observed` what happened in a cell as long before. */
export function hotspotsOf(
  hotspots: readonly RankedCell[],
  dispersion: number,
  observed: (hotspot: RankedCell) => number,
): Hotspot[] {
  return hotspots.map((ranked) => {
    const { chanceOfAny, ...interval } = spreadOf(ranked.expected, dispersion);
    return {
      rank: ranked.rank,
      cell: ranked.cell,
      expected: Number(ranked.expected.toPrecision(EXACT_DIGITS)),
      ...interval,
      chanceOfAny: Number(chanceOfAny.toPrecision(CHANCE_DIGITS)),
      observed: observed(ranked),
    };
  });
}
