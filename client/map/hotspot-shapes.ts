/** The shapes of a hotspot on the screen, given where there is room for its rank. */
import type { Hotspot } from '../../shared/hotspot.ts';
import type { Frame } from './canvas-layer.ts';
import { grownHexagon, regularHexagon, type Hexagon } from './hexagon-shape.ts';
import type { Point } from './place-ranks.ts';

/** In hundredths of the screen's height: the least radius that holds a rank, and that of one without. */
export const NUMBERED_RADIUS_UNITS = 1.75;
const UNNUMBERED_RADIUS_UNITS = 0.6;

export interface DrawnHotspot extends Pick<Hotspot, 'rank' | 'cell' | 'expected' | 'lower' | 'upper'> {
  /** From 1 down to 0: how far what it rests on is still of the present. */
  freshness: number;
}

/** A hotspot's shapes on the screen: one with its rank, and where that had to move away or has no room, one at its place. */
export interface HotspotShapes {
  hotspot: DrawnHotspot;
  dot: Hexagon | undefined;
  numbered: Hexagon | undefined;
}

/** @param place where its rank is written: at the hexagon's own centre, elsewhere, or nowhere */
export function shapesOf(
  hotspot: DrawnHotspot,
  hexagon: Hexagon,
  place: Point | undefined,
  { unit }: Frame,
): HotspotShapes {
  const least = NUMBERED_RADIUS_UNITS * unit;
  if (place === hexagon.centre) return { hotspot, dot: undefined, numbered: grownHexagon(hexagon, least) };
  const dot = grownHexagon(hexagon, UNNUMBERED_RADIUS_UNITS * unit);
  return { hotspot, dot, numbered: place && regularHexagon(place, least) };
}
