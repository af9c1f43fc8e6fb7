/** Draws the hatch over what is not known: the picture below is veiled, since what is missing in it cannot be seen. */
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { hatchPattern } from './hatch-pattern.ts';
import type { HatchedPlace } from './hatch-rings.ts';
import { traceRings } from './trace-rings.ts';

const EDGE_UNITS = 0.16;

/** Returns whether there was anything to hatch. */
export function drawHatch(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  places: readonly HatchedPlace[],
): boolean {
  for (const why of ['none', 'late', 'silent'] as const) {
    const own = places.filter((place) => place.why === why);
    if (own.length === 0) continue;
    const pattern = hatchPattern(pen, frame, why);
    // Each place by itself: where two overlap, the even-odd rule would leave a hole.
    for (const { rings } of own) {
      traceRings(pen, frame, rings);
      pen.fillStyle = colours.hatchVeil;
      pen.fill('evenodd');
      pen.fillStyle = pattern;
      pen.fill('evenodd');
      pen.strokeStyle = colours.hatch;
      pen.lineWidth = Math.max(1, EDGE_UNITS * frame.unit);
      pen.stroke();
    }
  }
  return places.length > 0;
}
