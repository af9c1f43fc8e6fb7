/** Paints one hexagon of what is expected: its colour says how much, its outline how high it ranks. */
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { traceHexagons, type Hexagon } from './hexagon-shape.ts';

export interface HexagonPaint {
  colour: string;
  /** 1 is the highest. */
  rank: number;
  /** From 1 down to 0: how far what it rests on is still of the present. */
  freshness: number;
}

/** A hexagon this large, in hundredths of the screen's height, lets the streets below through. */
const LARGE_RADIUS_UNITS = 5.25;
const FILL_OPACITY = 0.96;
const LARGE_FILL_OPACITY = 0.45;

/** Below it the fading can be seen, and the outline breaks up as well. */
export const FADED = 0.8;

/** Up to this rank the outline is so strong, in hundredths of the screen's height. */
const OUTLINES = [
  { upTo: 3, units: 0.34 },
  { upTo: 10, units: 0.2 },
  { upTo: Infinity, units: 0.1 },
] as const;

/** How strong the outline of a rank is, in hundredths of the screen's height. */
export function outlineOf(rank: number): number {
  return OUTLINES.find(({ upTo }) => rank <= upTo)?.units ?? 0.1;
}

/** Leaves the hexagon as the pen's path. */
export function paintHexagon(
  pen: CanvasRenderingContext2D,
  frame: Pick<Frame, 'unit'>,
  hexagon: Hexagon,
  paint: HexagonPaint,
): void {
  paintAlike(pen, frame, [hexagon], paint);
}

/** The same for many of about one size at once, which is quicker than one by one: thousands may be in sight. */
export function paintAlike(
  pen: CanvasRenderingContext2D,
  { unit }: Pick<Frame, 'unit'>,
  hexagons: readonly Hexagon[],
  { colour, rank, freshness }: HexagonPaint,
): void {
  const units = outlineOf(rank);
  const isLarge = (hexagons[0]?.radius ?? 0) > LARGE_RADIUS_UNITS * unit;
  traceHexagons(pen, hexagons);
  pen.fillStyle = colour;
  pen.globalAlpha = freshness * (isLarge ? LARGE_FILL_OPACITY : FILL_OPACITY);
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineJoin = 'round';
  // The outline stays whole however old the data: it says that there is something to know.
  pen.strokeStyle = colours.hexagonEdge;
  pen.lineWidth = (units + 0.24) * unit;
  pen.stroke();
  pen.strokeStyle = colours.hexagonMark;
  pen.lineWidth = units * unit;
  if (freshness < FADED) pen.setLineDash([0.7 * unit, 0.5 * unit]);
  pen.stroke();
  pen.setLineDash([]);
}
