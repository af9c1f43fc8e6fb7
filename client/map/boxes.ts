/** Rectangles on the screen, for what must not be written over. */

export interface Box {
  west: number;
  east: number;
  north: number;
  south: number;
}

export function boxAround({ x, y }: { x: number; y: number }, across: number, up = across): Box {
  return { west: x - across, east: x + across, north: y - up, south: y + up };
}

export function isWithin({ width, height }: { width: number; height: number }, box: Box): boolean {
  return box.west >= 0 && box.east <= width && box.north >= 0 && box.south <= height;
}

export function overlap(one: Box, other: Box): boolean {
  return one.west < other.east && other.west < one.east && one.north < other.south && other.north < one.south;
}
