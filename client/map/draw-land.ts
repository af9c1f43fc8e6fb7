/** Draws sea and land. */
import type { Frame } from './canvas-layer.ts';
import type { Ring } from './coast.ts';
import { colours } from './colours.ts';
import { traceRings } from './trace-rings.ts';

export function drawLand(pen: CanvasRenderingContext2D, frame: Frame, rings: readonly Ring[]): void {
  pen.fillStyle = colours.sea;
  pen.fillRect(-frame.bleed, -frame.bleed, frame.width + 2 * frame.bleed, frame.height + 2 * frame.bleed);
  traceRings(pen, frame, rings);
  pen.fillStyle = colours.land;
  pen.fill('evenodd');
  pen.strokeStyle = colours.coast;
  pen.lineWidth = Math.max(1, frame.unit * 0.12);
  pen.stroke();
}
