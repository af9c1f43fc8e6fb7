/** Draws sea and land. */
import type { Frame } from './canvas-layer.ts';
import type { Ring } from './coast.ts';
import { COAST, LAND, SEA } from './colours.ts';

/** Far corners are pulled in to here: canvas loses precision in paths of a million pixels. */
const FAR_PIXELS = 20_000;

export function drawLand(pen: CanvasRenderingContext2D, frame: Frame, rings: readonly Ring[]): void {
  pen.fillStyle = SEA;
  pen.fillRect(0, 0, frame.width, frame.height);
  const world = 256 * 2 ** frame.zoom;
  const { x: left, y: top } = frame.origin;
  const near = (ring: Ring): boolean =>
    ring.west * world < left + frame.width &&
    ring.east * world > left &&
    ring.north * world < top + frame.height &&
    ring.south * world > top;
  pen.beginPath();
  for (const { points } of rings.filter(near)) {
    for (let index = 0; index < points.length; index += 2) {
      const x = clamp((points[index] ?? 0) * world - left);
      const y = clamp((points[index + 1] ?? 0) * world - top);
      if (index === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    }
    pen.closePath();
  }
  pen.fillStyle = LAND;
  pen.fill('evenodd');
  pen.strokeStyle = COAST;
  pen.lineWidth = Math.max(1, frame.unit * 0.12);
  pen.stroke();
}

function clamp(pixels: number): number {
  return Math.max(-FAR_PIXELS, Math.min(FAR_PIXELS, pixels));
}
