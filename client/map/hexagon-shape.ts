/** Hexagons on the screen: the true shape of a cell, the same grown to a size that can be read, and a regular one. */
import { cellCorners, type Cell } from '../../shared/cell.ts';
import type { Frame } from './canvas-layer.ts';
import { mercatorY } from './coast.ts';
import type { Point } from './place-ranks.ts';
import { Remembered } from './remembered.ts';

export interface Hexagon {
  corners: Point[];
  centre: Point;
  /** Centre to corner, in pixels. */
  radius: number;
}

/** x and y of a cell's corners by turns, in the world's Mercator square: asking the grid for them takes longest. */
const cornersOf = new Remembered<Cell, Float64Array>((cell) =>
  Float64Array.from(
    cellCorners(cell).flatMap(([latitude, longitude]) => [longitude / 360 + 0.5, mercatorY(latitude)]),
  ),
);

export function hexagonOf(cell: Cell, { zoom, origin }: Pick<Frame, 'zoom' | 'origin'>): Hexagon {
  const world = 256 * 2 ** zoom;
  const places = cornersOf.of(cell);
  const corners = Array.from({ length: places.length / 2 }, (_, i): Point => {
    const [x = 0, y = 0] = [places[2 * i], places[2 * i + 1]];
    return { x: x * world - origin.x, y: y * world - origin.y };
  });
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
export function traceHexagon(pen: CanvasRenderingContext2D, hexagon: Pick<Hexagon, 'corners'>): void {
  traceHexagons(pen, [hexagon]);
}

export function traceHexagons(
  pen: CanvasRenderingContext2D,
  hexagons: readonly Pick<Hexagon, 'corners'>[],
): void {
  pen.beginPath();
  for (const { corners } of hexagons) {
    corners.forEach(({ x, y }, index) => {
      if (index === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    });
    pen.closePath();
  }
}

/** Whether any of it may be seen. */
export function isInSight(
  { centre, radius }: Pick<Hexagon, 'centre' | 'radius'>,
  { width, height, bleed }: Pick<Frame, 'width' | 'height' | 'bleed'>,
): boolean {
  const [x, y] = [Math.abs(centre.x - width / 2), Math.abs(centre.y - height / 2)];
  return x < width / 2 + bleed + radius && y < height / 2 + bleed + radius;
}
