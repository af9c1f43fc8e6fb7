/** Where a place lies in the view: not on whole pixels, so that a cell seen from afar keeps its shape. */
import { mercatorY } from './coast.ts';

/** @param origin the view's top left corner in the pixels of a world that is `256 · 2^zoom` wide */
export function viewPosition(
  zoom: number,
  origin: { x: number; y: number },
): (latitude: number, longitude: number) => { x: number; y: number } {
  const world = 256 * 2 ** zoom;
  return (latitude, longitude) => ({
    x: (longitude / 360 + 0.5) * world - origin.x,
    y: mercatorY(latitude) * world - origin.y,
  });
}
