/** Draws the hatch over what is not known: the picture below is veiled, since what is missing in it cannot be seen. */
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { hatchPattern } from './hatch-pattern.ts';
import type { HatchedPlace } from './hatch-rings.ts';
import { traceRings } from './trace-rings.ts';

const EDGE_UNITS = 0.16;
const SLIGHT_EDGE_UNITS = 0.08;

/** Returns whether there was anything to hatch. */
export function drawHatch(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  places: readonly HatchedPlace[],
): boolean {
  // Each place by itself: where two overlap, the even-odd rule would leave a hole.
  for (const { why, isSlight, rings } of places) {
    traceRings(pen, frame, rings);
    if (!isSlight) {
      pen.fillStyle = colours.hatchVeil;
      pen.fill('evenodd');
    }
    pen.fillStyle = hatchPattern(pen, frame, { why, isSlight });
    pen.fill('evenodd');
    pen.strokeStyle = colours.hatch;
    pen.lineWidth = Math.max(1, (isSlight ? SLIGHT_EDGE_UNITS : EDGE_UNITS) * frame.unit);
    pen.stroke();
  }
  return places.length > 0;
}
