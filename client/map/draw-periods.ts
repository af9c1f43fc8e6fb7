/** Draws what is known to its day or month only as a mosaic of cells: flat, with edges, where the heat of the hour glows. */
import { cellCorners, type Cell } from '../../shared/cell.ts';
import { isFarOut } from './far-out.ts';
import type { Frame } from './canvas-layer.ts';
import { densityOf } from './heat-points.ts';
import { periodColourOf, type PeriodClass } from './period-scale.ts';

/** The map shows through: neither what happens now nor where one is may drown in what happened some time. */
const OPACITY = 0.8;
/** Between two cells, so that they read as cells. */
const GAP_SHARE = 0.08;

export function drawPeriods(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  counts: ReadonlyMap<Cell, number>,
  classes: readonly PeriodClass[],
): boolean {
  const paths = new Map<string, Path2D>();
  for (const [cell, count] of counts) {
    const corners = cellCorners(cell).map(([latitude, longitude]) => frame.at(latitude, longitude));
    if (corners.every((corner) => isFarOut(corner, frame))) continue;
    const colour = periodColourOf(densityOf(cell, count), classes);
    const path = paths.get(colour) ?? new Path2D();
    paths.set(colour, path);
    const centreX = corners.reduce((sum, { x }) => sum + x, 0) / corners.length;
    const centreY = corners.reduce((sum, { y }) => sum + y, 0) / corners.length;
    corners.forEach(({ x, y }, index) => {
      const inner = [x + (centreX - x) * GAP_SHARE, y + (centreY - y) * GAP_SHARE] as const;
      if (index === 0) path.moveTo(...inner);
      else path.lineTo(...inner);
    });
    path.closePath();
  }
  pen.globalAlpha = OPACITY;
  for (const [colour, path] of paths) {
    pen.fillStyle = colour;
    pen.fill(path);
  }
  pen.globalAlpha = 1;
  return paths.size > 0;
}
