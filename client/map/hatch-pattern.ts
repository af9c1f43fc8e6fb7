/** The hatch itself: parallel lines, closer where it is worse, crossed where nothing was ever known. */
import type { Unknown } from '../state/not-known.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { HatchedPlace } from './hatch-rings.ts';

/** In hundredths of the screen's height: from line to line, across, and how wide a line is. */
const SPACING_UNITS: Record<Unknown, number> = { late: 2.4, silent: 1.5, none: 1.5 };
const LINE_UNITS: Record<Unknown, number> = { late: 0.16, silent: 0.26, none: 0.1 };
/** Where little is missing the lines stand so much farther apart, and are finer. */
const SLIGHT_SPACING = 1.8;
const SLIGHT_LINE = 0.6;

/** A fill that stays where it is on the ground while the map is dragged. */
export function hatchPattern(
  pen: CanvasRenderingContext2D,
  { unit, origin }: Pick<Frame, 'unit' | 'origin'>,
  { why, isSlight }: Pick<HatchedPlace, 'why' | 'isSlight'>,
): CanvasPattern | string {
  const ratio = window.devicePixelRatio;
  const size = Math.round(SPACING_UNITS[why] * (isSlight ? SLIGHT_SPACING : 1) * unit * ratio);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const own = tile.getContext('2d');
  if (own === null) return colours.hatch;
  own.strokeStyle = colours.hatch;
  // So much of a map may have no data that the lines would be the brightest thing on it.
  if (why === 'none') own.globalAlpha = 0.5;
  own.lineWidth = Math.max(1, LINE_UNITS[why] * (isSlight ? SLIGHT_LINE : 1) * unit * ratio);
  // Beyond the corners, so that the lines of neighbouring tiles meet.
  for (const shift of [-size, 0, size]) {
    line(own, shift, size, shift + size, 0);
    if (why === 'none') line(own, shift, 0, shift + size, size);
  }
  const pattern = pen.createPattern(tile, 'repeat');
  if (pattern === null) return colours.hatch;
  const step = size / ratio;
  pattern.setTransform(
    new DOMMatrix().translate(-(origin.x % step), -(origin.y % step)).scale(1 / ratio, 1 / ratio),
  );
  return pattern;
}

function line(pen: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
