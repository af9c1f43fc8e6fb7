/** Hexagons on the screen: the true shape of a cell, the same grown to a size that can be read, and a regular one. */
import { cellCorners, type Cell } from '../../shared/cell.ts';
import type { Frame } from './canvas-layer.ts';
import type { Point } from './place-ranks.ts';

export interface Hexagon {
  corners: Point[];
  centre: Point;
  /** Centre to corner, in pixels. */
  radius: number;
}

export function hexagonOf(cell: Cell, frame: Frame): Hexagon {
  const corners = cellCorners(cell).map(([latitude, longitude]) => frame.at(latitude, longitude));
  const centre = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  };
  const radius = Math.max(...corners.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y)));
  return { corners, centre, radius };
}

export function regularHexagon(centre: Point, radius: number): Hexagon {
  const corners = Array.from({ length: 6 }, (_, index) => ({
    x: centre.x + radius * Math.cos((index * Math.PI) / 3),
    y: centre.y + radius * Math.sin((index * Math.PI) / 3),
  }));
  return { corners, centre, radius };
}

/** Moved outward from its centre where it is smaller than wanted. */
export function grownHexagon({ corners, centre, radius }: Hexagon, least: number): Hexagon {
  const factor = Math.max(1, least / radius);
  return {
    centre,
    radius: radius * factor,
    corners: corners.map(({ x, y }) => ({
      x: centre.x + (x - centre.x) * factor,
      y: centre.y + (y - centre.y) * factor,
    })),
  };
}

/** Makes it the pen's path. */
export function traceHexagon(pen: CanvasRenderingContext2D, { corners }: Pick<Hexagon, 'corners'>): void {
  pen.beginPath();
  for (const { x, y } of corners) pen.lineTo(x, y);
  pen.closePath();
}
