/** Leaves out of a line what hardly bends it: Douglas & Peucker 1973. */
import type { Position, Ring } from './polygons.ts';

/** Degrees of longitude are so much shorter than those of latitude in the middle of England. */
const LONGITUDE_SHARE = 0.6;

/** Its ends, and what lies further than the tolerance (degrees of latitude) from the line drawn without it. */
export function thinnedLine(line: Ring, toleranceDegrees: number): Ring {
  const kept = new Set([0, line.length - 1]);
  const spans: [from: number, to: number][] = [[0, line.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const { index, distance } = farthest(line, from, to);
    if (distance <= toleranceDegrees) continue;
    kept.add(index);
    spans.push([from, index], [index, to]);
  }
  return line.filter((_, index) => kept.has(index));
}

function farthest(line: Ring, from: number, to: number): { index: number; distance: number } {
  const found = { index: from, distance: 0 };
  const [start, end] = [line[from], line[to]];
  for (let index = from + 1; index < to; index++) {
    const distance = distanceFrom(line[index], start, end);
    if (distance > found.distance) Object.assign(found, { index, distance });
  }
  return found;
}

function distanceFrom(
  [x, y]: Position = [0, 0],
  [x1, y1]: Position = [0, 0],
  [x2, y2]: Position = [0, 0],
): number {
  const [dx, dy] = [(x2 - x1) * LONGITUDE_SHARE, y2 - y1];
  const [px, py] = [(x - x1) * LONGITUDE_SHARE, y - y1];
  const along = dx === 0 && dy === 0 ? 0 : (px * dx + py * dy) / (dx * dx + dy * dy);
  const near = Math.max(0, Math.min(1, along));
  return Math.hypot(px - near * dx, py - near * dy);
}
