/** Draws what looking back found: each kind by its own ring and sign, so that none is told by colour alone. */
import type { LookingBackMark, MarkKind } from '../state/looking-back.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { grownHexagon, hexagonOf, isInSight, traceHexagon } from './hexagon-shape.ts';
import { writeText } from './write-text.ts';

/** In hundredths of the screen's height. */
const LEAST_RADIUS_UNITS = 1.5;
const LINE_UNITS = 0.36;
const EDGE_UNITS = 0.4;
const TEXT_UNITS = 1.9;

interface MarkShape {
  /** Dash and gap in line widths; none: drawn through. */
  dash: readonly number[];
  /** Before the count. */
  sign: string;
  /** Whether the count is written. */
  counted: boolean;
  colour: () => string;
}

const happened = (): string => colours.heat[2] ?? colours.hexagonMark;
const plain = (): string => colours.hexagonMark;

/** Signs as in the panels' legends. */
export const MARK_SHAPES: Record<MarkKind, MarkShape> = {
  hit: { dash: [], sign: '✓', counted: true, colour: plain },
  miss: { dash: [2.2, 1.6], sign: '', counted: false, colour: plain },
  naive: { dash: [0.6, 1.4], sign: '', counted: false, colour: () => colours.ringLabel },
  elsewhere: { dash: [], sign: '', counted: true, colour: happened },
  late: { dash: [], sign: '+', counted: true, colour: happened },
  corrected: { dash: [3, 1.2], sign: '~', counted: true, colour: () => colours.alerts.medium },
  cancelled: { dash: [1.2, 1.2], sign: '×', counted: true, colour: () => colours.alerts.high },
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
  const least = LEAST_RADIUS_UNITS * frame.unit;
  const hexagon = grownHexagon(hexagonOf(cell, frame), least);
  if (!isInSight(hexagon, frame)) return;
  const colour = shape.colour();
  const width = LINE_UNITS * frame.unit;
  if (from !== undefined) arrow(pen, hexagonOf(from, frame).centre, hexagon.centre, { width, colour });
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
  if (!shape.counted || count === null) return;
  const text = `${shape.sign}${count > 1 || shape.sign === '' ? String(count) : ''}`;
  const at = { x: hexagon.centre.x, y: hexagon.centre.y + hexagon.radius + 0.75 * TEXT_UNITS * frame.unit };
  writeText(pen, text, at, { size: TEXT_UNITS * frame.unit, weight: 600, ink: colour, halo: true });
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
