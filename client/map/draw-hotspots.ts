/** Draws hotspots: each its true hexagon, and where that is too small to read from afar, a hexagon of readable size. */
import { cellCorners } from '../../shared/cell.ts';
import type { Hotspot } from '../../shared/hotspot.ts';
import type { Frame } from './canvas-layer.ts';
import { placeRanks, type Point } from './place-ranks.ts';
import { hotspotClassOf, type HotspotClass } from './hotspot-scale.ts';

interface Hexagon {
  hotspot: DrawnHotspot;
  corners: Point[];
  centre: Point;
  /** Centre to corner. */
  radius: number;
}

/** In hundredths of the screen's height: the least radius that holds a rank, and that of one without. */
const NUMBERED_RADIUS_UNITS = 1.75;
const UNNUMBERED_RADIUS_UNITS = 0.6;
/** Ranks that are always written: where their place is taken, beside it, with a line to it. */
const ALWAYS_NUMBERED = 10;
const EDGE = '#05070a';

export type DrawnHotspot = Pick<Hotspot, 'rank' | 'cell' | 'expected'>;

export function drawHotspots(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  hotspots: readonly DrawnHotspot[],
  classes: readonly HotspotClass[],
): void {
  const hexagons = hotspots.map((hotspot) => hexagonOf(hotspot, frame));
  const least = NUMBERED_RADIUS_UNITS * frame.unit;
  const places = placeRanks(
    hexagons.map(({ hotspot, centre, radius }) => ({
      at: centre,
      radius: Math.max(radius, least),
      always: hotspot.rank <= ALWAYS_NUMBERED,
    })),
    least,
  );
  // The highest rank is drawn last, so that nothing lies on it.
  const order = hexagons.map((hexagon, index) => ({ hexagon, place: places[index] })).reverse();
  for (const { hexagon, place } of order) {
    if (place === hexagon.centre) continue;
    paint(pen, frame, grown(hexagon, UNNUMBERED_RADIUS_UNITS * frame.unit), hexagon, classes);
  }
  for (const { hexagon, place } of order) {
    if (place !== undefined && place !== hexagon.centre) leader(pen, frame, hexagon.centre, place);
  }
  for (const { hexagon, place } of order) {
    if (place === undefined) continue;
    const own = place === hexagon.centre ? hexagon : { ...regular(place, least), hotspot: hexagon.hotspot };
    paint(pen, frame, grown(own, least), hexagon, classes);
    const { ink } = hotspotClassOf(hexagon.hotspot.expected, classes);
    rank(pen, frame, hexagon.hotspot.rank, place, ink);
  }
}

function hexagonOf(hotspot: DrawnHotspot, frame: Frame): Hexagon {
  const corners = cellCorners(hotspot.cell).map(([latitude, longitude]) => frame.at(latitude, longitude));
  const centre = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  };
  const radius = Math.max(...corners.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y)));
  return { hotspot, corners, centre, radius };
}

function regular(centre: Point, radius: number): Omit<Hexagon, 'hotspot'> {
  const corners = Array.from({ length: 6 }, (_, index) => ({
    x: centre.x + radius * Math.cos((index * Math.PI) / 3),
    y: centre.y + radius * Math.sin((index * Math.PI) / 3),
  }));
  return { corners, centre, radius };
}

/** The corners, moved outward where the hexagon is smaller than wanted. */
function grown({ corners, centre, radius }: Omit<Hexagon, 'hotspot'>, least: number): Point[] {
  const factor = Math.max(1, least / radius);
  return corners.map(({ x, y }) => ({
    x: centre.x + (x - centre.x) * factor,
    y: centre.y + (y - centre.y) * factor,
  }));
}

function paint(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  corners: readonly Point[],
  { hotspot, radius }: Hexagon,
  classes: readonly HotspotClass[],
): void {
  const { colour } = hotspotClassOf(hotspot.expected, classes);
  pen.beginPath();
  for (const { x, y } of corners) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = colour;
  // A large hexagon lets the streets below through.
  pen.globalAlpha = radius > 3 * NUMBERED_RADIUS_UNITS * frame.unit ? 0.45 : 0.96;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineJoin = 'round';
  pen.strokeStyle = EDGE;
  pen.lineWidth = 0.42 * frame.unit;
  pen.stroke();
  pen.strokeStyle = hotspot.rank <= 3 ? '#ffffff' : colour;
  pen.lineWidth = (hotspot.rank <= 3 ? 0.26 : 0.14) * frame.unit;
  pen.stroke();
}

function leader(pen: CanvasRenderingContext2D, frame: Frame, from: Point, to: Point): void {
  for (const [colour, width] of [
    [EDGE, 0.55],
    ['#ffffff', 0.2],
  ] as const) {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.strokeStyle = colour;
    pen.lineWidth = width * frame.unit;
    pen.stroke();
  }
}

function rank(pen: CanvasRenderingContext2D, frame: Frame, number: number, at: Point, ink: string): void {
  pen.font = `700 ${2 * frame.unit}px "IBM Plex Sans Variable", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = ink;
  pen.fillText(String(number), at.x, at.y + 0.1 * frame.unit);
}
