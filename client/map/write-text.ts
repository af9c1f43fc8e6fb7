/** Text on a canvas, in the screen's typeface and sized like everything else on it. */
import { readable } from '../look/sized-type.svelte.ts';
import { colours } from './colours.ts';

export interface Lettering {
  /** Pixels. */
  size: number;
  weight?: number;
  ink: string;
  /** Drawn around the letters, so that they read on whatever lies below. */
  halo?: boolean;
  align?: CanvasTextAlign;
}

/** @param size pixels; where its readers sit far away, more */
export function setFont(pen: CanvasRenderingContext2D, size: number, weight = 500): void {
  pen.font = `${weight} ${readable(size)}px "IBM Plex Sans Variable", sans-serif`;
}

/** The middle of the line's height lies at `y`. */
export function writeText(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y }: { x: number; y: number },
  { size, weight = 500, ink, halo = false, align = 'center' }: Lettering,
): void {
  setFont(pen, size, weight);
  pen.textAlign = align;
  pen.textBaseline = 'middle';
  if (halo) {
    pen.lineJoin = 'round';
    pen.strokeStyle = colours.halo;
    pen.lineWidth = 0.28 * size;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = ink;
  pen.fillText(text, x, y + 0.05 * size);
}
