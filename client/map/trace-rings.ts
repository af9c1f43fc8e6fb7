/** Makes rings in Web Mercator the pen's path, as far as they come near the view. */
import type { Frame } from './canvas-layer.ts';
import type { Ring } from './coast.ts';

/** Far corners are pulled in to here: canvas loses precision in paths of a million pixels. */
const FAR_PIXELS = 20_000;
/** Corners that lie closer together than anyone could see only cost time. */
const LEAST_PIXELS = 1.5;

/** A new path of all rings that the view touches. */
export function traceRings(pen: CanvasRenderingContext2D, frame: Frame, rings: readonly Ring[]): void {
  const world = 256 * 2 ** frame.zoom;
  const { x: left, y: top } = frame.origin;
  pen.beginPath();
  for (const { points } of rings.filter((ring) => isNear(ring, frame, world))) {
    let drawn = { x: NaN, y: NaN };
    for (let index = 0; index < points.length; index += 2) {
      const x = clamp((points[index] ?? 0) * world - left);
      const y = clamp((points[index + 1] ?? 0) * world - top);
      if (index === 0) pen.moveTo(x, y);
      else if (Math.abs(x - drawn.x) + Math.abs(y - drawn.y) < LEAST_PIXELS) continue;
      else pen.lineTo(x, y);
      drawn = { x, y };
    }
    pen.closePath();
  }
}

function isNear(ring: Ring, { origin, width, height, bleed }: Frame, world: number): boolean {
  return (
    ring.west * world < origin.x + width + bleed &&
    ring.east * world > origin.x - bleed &&
    ring.north * world < origin.y + height + bleed &&
    ring.south * world > origin.y - bleed
  );
}

function clamp(pixels: number): number {
  return Math.max(-FAR_PIXELS, Math.min(FAR_PIXELS, pixels));
}
