/** Draws what looking back found: each kind by its own ring and sign, so that none is told by colour alone. */
import type { LookingBackMark, MarkKind } from '../state/looking-back.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { grownHexagon, hexagonOf, isInSight, traceHexagon } from './hexagon-shape.ts';
import { writeText } from './write-text.ts';

/** In hundredths of the screen's height. */
const LINE_UNITS = 0.36;
const EDGE_UNITS = 0.4;
const TEXT_UNITS = 1.9;

interface MarkShape {
  /** Dash and gap in line widths; none: drawn through. */
  dash: readonly number[];
  sign: string;
  /** In hundredths of the screen's height: so large it is at least, however far out. */
  least: number;
  /** Below a hotspot its sign and count; in the small ones the sign alone, and a count where there are more; none of either. */
  written: 'below' | 'inside' | 'nothing';
  isFilled?: boolean;
  colour: () => string;
}

const happened = (): string => colours.heat[2] ?? colours.hexagonMark;
const plain = (): string => colours.hexagonMark;

/** Signs as in the panels' legends. */
export const MARK_SHAPES: Record<MarkKind, MarkShape> = {
  hit: { dash: [], sign: '✓', least: 1.5, written: 'below', colour: plain },
  miss: { dash: [2.2, 1.6], sign: '', least: 1.5, written: 'nothing', colour: plain },
  naive: { dash: [0.6, 1.4], sign: '', least: 1.2, written: 'nothing', colour: () => colours.ringLabel },
  elsewhere: { dash: [], sign: '', least: 0.4, written: 'nothing', isFilled: true, colour: happened },
  late: { dash: [], sign: '+', least: 0.8, written: 'inside', colour: happened },
  corrected: {
    dash: [3, 1.2],
    sign: '~',
    least: 0.9,
    written: 'inside',
    colour: () => colours.alerts.medium,
  },
  cancelled: {
    dash: [1.2, 1.2],
    sign: '×',
    least: 0.9,
    written: 'inside',
    colour: () => colours.alerts.high,
  },
};

/** Returns whether there was anything to draw. */
export function drawLookingBack(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  marks: readonly LookingBackMark[],
): boolean {
  pen.lineJoin = 'round';
  for (const mark of marks) drawMark(pen, frame, mark);
  pen.setLineDash([]);
  return marks.length > 0;
}

function drawMark(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  { kind, cell, count, from }: LookingBackMark,
): void {
  const shape = MARK_SHAPES[kind];
  const own = hexagonOf(cell, frame);
  // More of them is larger, where the hexagon itself cannot be seen.
  const least = shape.least * frame.unit * (shape.isFilled === true ? Math.sqrt(count ?? 1) : 1);
  const hexagon = grownHexagon(own, least);
  if (!isInSight(hexagon, frame)) return;
  const colour = shape.colour();
  const width = LINE_UNITS * frame.unit;
  if (from !== undefined) arrow(pen, hexagonOf(from, frame).centre, hexagon.centre, { width, colour });
  if (shape.isFilled === true && own.radius < least) {
    traceHexagon(pen, hexagon);
    pen.fillStyle = colour;
    pen.fill();
    return;
  }
  for (const [ink, wide, dash] of [
    [colours.hexagonEdge, width + EDGE_UNITS * frame.unit, []],
    [colour, width, shape.dash],
  ] as const) {
    traceHexagon(pen, hexagon);
    pen.strokeStyle = ink;
    pen.lineWidth = wide;
    pen.setLineDash(dash.map((length) => length * width));
    pen.stroke();
  }
  if (shape.written === 'nothing' || count === null) return;
  const { x, y } = hexagon.centre;
  const size = TEXT_UNITS * frame.unit;
  const lettering = { size, weight: 600, ink: colour, halo: true };
  const below = { x, y: y + hexagon.radius + 0.75 * size };
  if (shape.written === 'below') writeText(pen, `${shape.sign}${String(count)}`, below, lettering);
  else {
    writeText(pen, shape.sign, { x, y }, lettering);
    if (count > 1) writeText(pen, String(count), below, lettering);
  }
}

interface Point {
  x: number;
  y: number;
}

function arrow(
  pen: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  { width, colour }: { width: number; colour: string },
): void {
  pen.setLineDash([]);
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  for (const side of [-1, 1]) {
    pen.moveTo(to.x, to.y);
    pen.lineTo(
      to.x - 4 * width * Math.cos(angle + side * 0.45),
      to.y - 4 * width * Math.sin(angle + side * 0.45),
    );
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}
