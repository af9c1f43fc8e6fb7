/** Draws the borders of force areas, quietly: what happens within them matters more. */
import type { Force } from '../../shared/force.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { DrawnArea } from './force-areas.ts';
import { traceRings } from './trace-rings.ts';

/** @param shown the forces whose data the map shows: their borders are drawn a little stronger */
export function drawForceAreas(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  areas: readonly DrawnArea[],
  shown: readonly Force[],
): void {
  const own = areas.filter(({ force }) => shown.includes(force));
  pen.lineJoin = 'bevel';
  stroke(pen, frame, areas, colours.areaBorder, 0.14);
  stroke(pen, frame, own, colours.areaBorderShown, 0.2);
}

/** @param units of width, in hundredths of the screen's height */
function stroke(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  areas: readonly DrawnArea[],
  colour: string,
  units: number,
): void {
  const rings = areas.flatMap((area) => area.rings);
  traceRings(pen, frame, rings);
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, units * frame.unit);
  pen.stroke();
}
