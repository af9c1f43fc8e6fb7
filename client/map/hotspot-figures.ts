/** Writes what is expected of a hotspot, and in which range, into its hexagon or beside it, where there is room. */
import { formatExpected, formatInterval } from '../i18n/format.ts';
import { boxAround, isWithin, overlap, type Box } from './boxes.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { HotspotShapes } from './hotspot-shapes.ts';
import { NearThings } from './near-things.ts';
import type { Point } from './place-ranks.ts';
import { setFont, writeText } from './write-text.ts';

/** In hundredths of the screen's height. */
const TEXT_UNITS = 1.7;
/** A hexagon of this radius holds the figures below its rank. */
const HOLDS_UNITS = 5.25;
const GAP_UNITS = 0.5;

/** @param shapes the highest rank first: it has the first choice of place */
export function writeFigures(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  shapes: readonly HotspotShapes[],
): void {
  const size = TEXT_UNITS * frame.unit;
  const taken = new NearThings<Box>(4 * size);
  for (const { dot, numbered } of shapes) {
    for (const shape of [dot, numbered]) if (shape) take(shape.centre, 0.9 * shape.radius);
  }
  setFont(pen, size, 600);
  for (const { hotspot, numbered } of shapes) {
    if (numbered === undefined) continue;
    const text = `${formatExpected(hotspot.expected)} (${formatInterval(hotspot.lower, hotspot.upper)})`;
    const half = pen.measureText(text).width / 2;
    const { centre, radius } = numbered;
    const holds = radius > HOLDS_UNITS * frame.unit && half < 0.8 * radius;
    const below = { x: centre.x, y: centre.y + 2.1 * frame.unit };
    const at = holds ? below : besides(centre, radius, half, frame).find((place) => isFree(place, half));
    if (at === undefined) continue;
    take(at, half, 0.6 * size);
    writeText(pen, text, at, { size, weight: 600, ink: colours.hexagonMark, halo: true });
  }

  function isFree(at: Point, half: number): boolean {
    const box: Box = boxAround(at, half + 0.2 * size, 0.62 * size);
    if (!isWithin(frame, box)) return false;
    return !taken.some(at.x, at.y, half + 0.2 * size, 0.62 * size, (other) => overlap(box, other));
  }

  function take(at: Point, across: number, up = across): void {
    taken.add(boxAround(at, across, up), at.x, at.y, across, up);
  }
}

/** To the right, to the left, below, above. */
function besides({ x, y }: Point, radius: number, half: number, { unit }: Frame): Point[] {
  const aside = radius + half + GAP_UNITS * unit;
  const away = radius + 0.8 * TEXT_UNITS * unit;
  return [
    { x: x + aside, y },
    { x: x - aside, y },
    { x, y: y + away },
    { x, y: y - away },
  ];
}
