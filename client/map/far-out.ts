/** Tells what lies beyond the canvas, and need not be drawn. */
import type { Frame } from './canvas-layer.ts';

/** @param reach how far from the point it is drawn, in pixels */
export function isFarOut(
  { x, y }: { x: number; y: number },
  { width, height, bleed }: Pick<Frame, 'width' | 'height' | 'bleed'>,
  reach = 0,
): boolean {
  const far = bleed + reach;
  return x < -far || y < -far || x > width + far || y > height + far;
}
