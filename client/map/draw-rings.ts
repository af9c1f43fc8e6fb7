/** Draws the area's centre and rings around it: lists tell places by distance and direction from there. */
import { words } from '../i18n/words.ts';
import { readable } from '../look/sized-type.svelte.ts';
import { metresPerPixel, type Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import { ringStep } from './ring-step.ts';

const RINGS = 4;

export function drawRings(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  centre: readonly [latitude: number, longitude: number],
): void {
  const { x, y } = frame.at(...centre);
  const scale = metresPerPixel(centre[0], frame.zoom) / 1_000;
  const step = ringStep((Math.min(frame.width, frame.height) / 2) * scale);
  pen.strokeStyle = colours.ring;
  pen.lineWidth = Math.max(1, frame.unit * 0.12);
  const arm = 0.9 * frame.unit;
  pen.beginPath();
  pen.moveTo(x - arm, y);
  pen.lineTo(x + arm, y);
  pen.moveTo(x, y - arm);
  pen.lineTo(x, y + arm);
  pen.stroke();
  pen.font = `500 ${readable(1.4 * frame.unit)}px "IBM Plex Sans Variable", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (let ring = 1; ring <= RINGS; ring++) {
    const radius = (ring * step) / scale;
    pen.setLineDash([0.5 * frame.unit, 0.7 * frame.unit]);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
    pen.setLineDash([]);
    // A label that the view's edge would cut through says nothing.
    if (y - radius > readable(1.4 * frame.unit))
      label(pen, frame, words.kilometres(String(ring * step), '').trim(), x, y - radius);
  }
}

function label(pen: CanvasRenderingContext2D, frame: Frame, text: string, x: number, y: number): void {
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 0.5 * frame.unit;
  pen.lineJoin = 'round';
  pen.strokeText(text, x, y);
  pen.fillStyle = colours.ringLabel;
  pen.fillText(text, x, y);
  pen.strokeStyle = colours.ring;
  pen.lineWidth = Math.max(1, frame.unit * 0.12);
}
