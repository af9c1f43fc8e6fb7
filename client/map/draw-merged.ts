/** Draws hotspots from afar: those of one coarser hexagon together, with the highest of their ranks and the sum of what is expected. */
import { formatExpected } from '../i18n/format.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { DrawnHexagon } from './draw-hotspots.ts';
import type { DrawnHotspot } from './hotspot-shapes.ts';
import { hexagonOf } from './hexagon-shape.ts';
import { hotspotClassOf, type HotspotClass } from './hotspot-scale.ts';
import type { MergedCell } from './merged-cells.ts';
import { FADED, paintHexagon } from './paint-hexagon.ts';
import { writeText } from './write-text.ts';

const RANK_UNITS = 2;
/** In hundredths of the screen's height: from this radius on the sum stands below the rank. */
const SUM_RADIUS_UNITS = 2.9;
const SUM_UNITS = 1.6;

/** Returns what was drawn, the topmost first. */
export function drawMerged(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  merged: readonly MergedCell<DrawnHotspot>[],
  classes: readonly HotspotClass[],
): DrawnHexagon[] {
  const drawn = merged.map(({ cell, parts, sum }) => ({
    ...hexagonOf(cell, frame),
    cell,
    sum,
    rank: Math.min(...parts.map((part) => part.rank)),
    freshness: Math.min(...parts.map((part) => part.freshness)),
  }));
  drawn.sort((one, other) => one.rank - other.rank);
  for (const hexagon of drawn.toReversed()) {
    const { colour, ink } = hotspotClassOf(hexagon.sum, classes);
    paintHexagon(pen, frame, hexagon, { ...hexagon, colour });
    const { x, y } = hexagon.centre;
    const hasSum = hexagon.radius >= SUM_RADIUS_UNITS * frame.unit;
    const isPale = hexagon.radius > 5.25 * frame.unit || hexagon.freshness < FADED;
    const lettering = { ink: isPale ? colours.hexagonMark : ink, halo: isPale };
    writeText(
      pen,
      String(hexagon.rank),
      { x, y: hasSum ? y - 0.8 * frame.unit : y },
      { ...lettering, size: RANK_UNITS * frame.unit, weight: 700 },
    );
    if (hasSum) {
      const below = { x, y: y + 1.1 * frame.unit };
      writeText(pen, formatExpected(hexagon.sum), below, {
        ...lettering,
        ...{ size: SUM_UNITS * frame.unit, weight: 500 },
      });
    }
  }
  return drawn;
}
