/** Draws a ring around the chosen hexagon, and a dashed one around the hexagon that the keys have got to. */
import type { Cell } from '../../shared/cell.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { grownHexagon, hexagonOf, traceHexagon } from './hexagon-shape.ts';

/** In hundredths of the screen's height: around a hexagon smaller than this the ring stands off. */
const LEAST_RADIUS_UNITS = 2.6;

/** Returns whether there was anything to draw. */
export function drawSelected(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  { selected, cursor }: { selected: Cell | null; cursor: Cell | null },
): boolean {
  if (selected !== null) ring(pen, frame, selected, []);
  if (cursor !== null && cursor !== selected) ring(pen, frame, cursor, [0.8, 0.6]);
  return selected !== null || cursor !== null;
}

/** @param dash in hundredths of the screen's height */
function ring(pen: CanvasRenderingContext2D, frame: Frame, cell: Cell, dash: readonly number[]): void {
  const hexagon = grownHexagon(hexagonOf(cell, frame), LEAST_RADIUS_UNITS * frame.unit);
  pen.lineJoin = 'round';
  for (const [colour, units] of [
    [colours.hexagonEdge, 0.9],
    [colours.hexagonMark, 0.45],
  ] as const) {
    traceHexagon(pen, hexagon);
    pen.strokeStyle = colour;
    pen.lineWidth = units * frame.unit;
    pen.setLineDash(colour === colours.hexagonMark ? dash.map((length) => length * frame.unit) : []);
    pen.stroke();
  }
  pen.setLineDash([]);
}
