/** Draws hotspots: each its true hexagon, and where that is too small to read from afar, a hexagon of readable size. */
import type { Cell } from '../../shared/cell.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { writeFigures } from './hotspot-figures.ts';
import { hexagonOf, isInSight, type Hexagon } from './hexagon-shape.ts';
import { hotspotClassOf, type HotspotClass } from './hotspot-scale.ts';
import { FADED, outlineOf, paintAlike, paintHexagon, type HexagonPaint } from './paint-hexagon.ts';
import { NUMBERED_RADIUS_UNITS, shapesOf, type DrawnHotspot, type HotspotShapes } from './hotspot-shapes.ts';
import { placeRanks, type Point } from './place-ranks.ts';
import { writeText } from './write-text.ts';

/** In hundredths of the screen's height. */
const RANK_UNITS = 2;
/** Ranks that are always written: where their place is taken, beside it, with a line to it. */
const ALWAYS_NUMBERED = 10;

/** Where a hexagon stands on the screen, with the cell it stands for. */
export interface DrawnHexagon extends Pick<Hexagon, 'centre' | 'radius'> {
  cell: Cell;
}

/** Returns what was drawn, the topmost first. */
export function drawHotspots(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  hotspots: readonly DrawnHotspot[],
  classes: readonly HotspotClass[],
): DrawnHexagon[] {
  const least = NUMBERED_RADIUS_UNITS * frame.unit;
  const inSight = hotspots
    .map((hotspot) => ({ hotspot, hexagon: hexagonOf(hotspot.cell, frame) }))
    .filter(({ hexagon }) => isInSight({ ...hexagon, radius: Math.max(hexagon.radius, least) }, frame));
  const places = placeRanks(
    inSight.map(({ hotspot, hexagon }) => ({
      at: hexagon.centre,
      radius: Math.max(hexagon.radius, least),
      always: hotspot.rank <= ALWAYS_NUMBERED,
    })),
    least,
  );
  // The highest rank is drawn last, so that nothing lies on it.
  const order = inSight.map(({ hotspot, hexagon }, index) =>
    shapesOf(hotspot, hexagon, places[index], frame),
  );
  const upwards = order.toReversed();
  const paint = (hexagon: Hexagon, { rank, expected, freshness }: DrawnHotspot): void => {
    const { colour } = hotspotClassOf(expected, classes);
    paintHexagon(pen, frame, hexagon, { colour, rank, freshness });
  };
  paintDots(pen, frame, upwards, classes);
  for (const { dot, numbered } of upwards)
    if (dot && numbered) leader(pen, frame, dot.centre, numbered.centre);
  for (const { hotspot, numbered } of upwards) {
    if (numbered === undefined) continue;
    paint(numbered, hotspot);
    // Where the map shows through, the fill's own ink may not read.
    const isPale = numbered.radius > 3 * least || hotspot.freshness < FADED;
    const { ink } = hotspotClassOf(hotspot.expected, classes);
    writeText(pen, String(hotspot.rank), numbered.centre, {
      ...{ size: RANK_UNITS * frame.unit, weight: 700, halo: isPale },
      ink: isPale ? colours.hexagonMark : ink,
    });
  }
  writeFigures(pen, frame, order);
  return order.flatMap(({ hotspot, dot, numbered }) =>
    [numbered, dot].flatMap((shape) => (shape ? [{ ...shape, cell: hotspot.cell }] : [])),
  );
}

/** All of one colour at once, the least expected first. */
function paintDots(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  upwards: readonly HotspotShapes[],
  classes: readonly HotspotClass[],
): void {
  const alike = new Map<string, { paint: HexagonPaint; hexagons: Hexagon[] }>();
  for (const { hotspot, dot } of upwards) {
    if (dot === undefined) continue;
    const { expected, rank, freshness } = hotspot;
    const { colour } = hotspotClassOf(expected, classes);
    const key = `${colour} ${outlineOf(rank)} ${freshness}`;
    const group = alike.get(key) ?? { paint: { colour, rank, freshness }, hexagons: [] };
    alike.set(key, group);
    group.hexagons.push(dot);
  }
  for (const { paint, hexagons } of alike.values()) paintAlike(pen, frame, hexagons, paint);
}

function leader(pen: CanvasRenderingContext2D, frame: Frame, from: Point, to: Point): void {
  for (const [colour, width] of [
    [colours.hexagonEdge, 0.55],
    [colours.hexagonMark, 0.2],
  ] as const) {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.strokeStyle = colour;
    pen.lineWidth = width * frame.unit;
    pen.stroke();
  }
}
