/** Draws sea and land. */
import type { Frame } from './canvas-layer.ts';
import type { Ring } from './coast.ts';
import { COAST, LAND, SEA } from './colours.ts';
import { traceRings } from './trace-rings.ts';

export function drawLand(pen: CanvasRenderingContext2D, frame: Frame, rings: readonly Ring[]): void {
  pen.fillStyle = SEA;
  pen.fillRect(0, 0, frame.width, frame.height);
  traceRings(pen, frame, rings);
  pen.fillStyle = LAND;
  pen.fill('evenodd');
  pen.strokeStyle = COAST;
  pen.lineWidth = Math.max(1, frame.unit * 0.12);
  pen.stroke();
}
