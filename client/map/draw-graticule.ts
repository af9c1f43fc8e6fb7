/** Draws lines of latitude and longitude with their degrees, so that a place without streets can still be told. */
import { readable } from '../look/sized-type.svelte.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { degreesLabel, graticuleStep } from './graticule.ts';

/** Hundredths of the screen's height between lines, at least. */
const LEAST_GAP_UNITS = 14;

export function drawGraticule(pen: CanvasRenderingContext2D, frame: Frame): void {
  const world = 256 * 2 ** frame.zoom;
  const { bleed } = frame;
  const longitudeAt = (x: number): number => ((frame.origin.x + x) / world - 0.5) * 360;
  const latitudeAt = (y: number): number => {
    const mercator = Math.PI * (1 - (2 * (frame.origin.y + y)) / world);
    return (Math.atan(Math.sinh(mercator)) * 180) / Math.PI;
  };
  const step = graticuleStep((LEAST_GAP_UNITS * frame.unit * 360) / world);
  pen.strokeStyle = colours.graticule;
  pen.fillStyle = colours.graticuleLabel;
  pen.lineWidth = Math.max(1, frame.unit * 0.1);
  pen.font = `400 ${readable(1.25 * frame.unit)}px "IBM Plex Sans Variable", sans-serif`;
  pen.textBaseline = 'top';
  pen.textAlign = 'left';
  for (let k = Math.ceil(longitudeAt(-bleed) / step); k * step <= longitudeAt(frame.width + bleed); k++) {
    const { x } = frame.at(0, k * step);
    line(pen, x, -bleed, x, frame.height + bleed);
    pen.fillText(degreesLabel(k * step, step, 'E', 'W'), x + 0.5 * frame.unit, 0.6 * frame.unit);
  }
  pen.textBaseline = 'bottom';
  pen.textAlign = 'right';
  for (let k = Math.ceil(latitudeAt(frame.height + bleed) / step); k * step <= latitudeAt(-bleed); k++) {
    const { y } = frame.at(k * step, 0);
    line(pen, -bleed, y, frame.width + bleed, y);
    pen.fillText(
      degreesLabel(k * step, step, 'N', 'S'),
      frame.width - 0.6 * frame.unit,
      y - 0.3 * frame.unit,
    );
  }
}

function line(pen: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
