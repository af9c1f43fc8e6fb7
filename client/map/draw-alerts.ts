/** Draws alerts: a line around all cells of each, and above it a mark whose shape says how urgent it is. Hotspots are single filled hexagons. */
import type { AlertPriority } from '../../shared/alert.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Frame } from './canvas-layer.ts';
import type { Ring } from './coast.ts';
import { colours } from './colours.ts';
import { traceRings } from './trace-rings.ts';

export interface DrawnAlert {
  id: string;
  priority: AlertPriority;
  /** Whether nobody has taken it: then its mark is filled. */
  isWaiting: boolean;
  isOpened: boolean;
  /** Whether it is handled with another, whose mark stands for both. */
  isChild: boolean;
  cells: readonly Cell[];
  rings: readonly Ring[];
}

/** In hundredths of the screen's height. */
const LINE_UNITS = 0.42;
const OPENED_LINE_UNITS = 0.7;
const EDGE_UNITS = 0.35;
const MARK_UNITS = 1.5;
const STEM_UNITS = 1.6;
/** A cluster drawn smaller than this is ringed where it lies. */
const LEAST_RADIUS_UNITS = 1.7;
/** In lengths of `LINE_UNITS`, so that priorities differ without colour. */
const DASHES: Record<AlertPriority, readonly number[]> = { high: [], medium: [5, 2], low: [1.2, 2] };

/** Returns whether there was anything to draw. The most urgent is to come last: nothing lies on it. */
export function drawAlerts(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  alerts: readonly DrawnAlert[],
): boolean {
  for (const alert of alerts) drawAlert(pen, frame, alert);
  return alerts.length > 0;
}

function drawAlert(pen: CanvasRenderingContext2D, frame: Frame, alert: DrawnAlert): void {
  const box = boxOf(alert.rings, frame);
  if (box === undefined) return;
  const { unit } = frame;
  const width = (alert.isOpened ? OPENED_LINE_UNITS : LINE_UNITS) * unit;
  const least = LEAST_RADIUS_UNITS * unit;
  const isSmall = box.right - box.left < 2 * least && box.bottom - box.top < 2 * least;
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  pen.lineJoin = 'round';
  for (const [colour, wide, dash] of [
    [colours.hexagonEdge, width + EDGE_UNITS * unit, []],
    [colours.alerts[alert.priority], width, DASHES[alert.priority]],
  ] as const) {
    if (isSmall) {
      pen.beginPath();
      pen.arc(middle.x, middle.y, least, 0, 2 * Math.PI);
    } else traceRings(pen, frame, alert.rings);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.setLineDash(dash.map((length) => length * width));
    pen.stroke();
  }
  pen.setLineDash([]);
  if (alert.isChild) return;
  const top = isSmall ? middle.y - least : box.top;
  drawMark(pen, frame, { x: middle.x, y: top - STEM_UNITS * unit, foot: top }, alert);
}

/** As in the lists (panels/alerts/PriorityMark.svelte): a triangle, a diamond, a circle. */
function drawMark(
  pen: CanvasRenderingContext2D,
  { unit }: Frame,
  { x, y, foot }: { x: number; y: number; foot: number },
  { priority, isWaiting }: DrawnAlert,
): void {
  const radius = MARK_UNITS * unit;
  const colour = colours.alerts[priority];
  pen.beginPath();
  pen.moveTo(x, foot);
  pen.lineTo(x, y);
  pen.strokeStyle = colours.hexagonEdge;
  pen.lineWidth = (LINE_UNITS + EDGE_UNITS) * unit;
  pen.stroke();
  pen.strokeStyle = colour;
  pen.lineWidth = LINE_UNITS * unit;
  pen.stroke();
  pen.beginPath();
  if (priority === 'low') pen.arc(x, y - radius, radius * 0.9, 0, 2 * Math.PI);
  else {
    const corners =
      priority === 'high'
        ? [[0, -2.1] as const, [1.15, 0] as const, [-1.15, 0] as const]
        : [[0, -2.1] as const, [1.05, -1.05] as const, [0, 0] as const, [-1.05, -1.05] as const];
    for (const [across, up] of corners) pen.lineTo(x + across * radius, y + up * radius);
    pen.closePath();
  }
  pen.strokeStyle = colours.hexagonEdge;
  pen.lineWidth = (LINE_UNITS + 2 * EDGE_UNITS) * unit;
  pen.stroke();
  pen.fillStyle = isWaiting ? colour : colours.hexagonEdge;
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = LINE_UNITS * unit;
  pen.stroke();
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** On the screen; undefined where none of it can be seen, with its mark. */
function boxOf(rings: readonly Ring[], frame: Frame): Box | undefined {
  const world = 256 * 2 ** frame.zoom;
  const { origin, width, height, bleed, unit } = frame;
  const box = {
    left: Math.min(...rings.map(({ west }) => west)) * world - origin.x,
    right: Math.max(...rings.map(({ east }) => east)) * world - origin.x,
    top: Math.min(...rings.map(({ north }) => north)) * world - origin.y,
    bottom: Math.max(...rings.map(({ south }) => south)) * world - origin.y,
  };
  const reach = bleed + 6 * unit;
  const isSeen =
    box.right > -reach && box.left < width + reach && box.bottom > -reach && box.top < height + reach;
  return isSeen ? box : undefined;
}
