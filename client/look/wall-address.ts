/** The address of a wall whose type fits its screen and its seats. */
import { wallScreen, widthOfDiagonal } from './wall-screen.ts';
import { characterMillimetres, typeSizes } from './wall-type.ts';

export interface WallPlace {
  distanceMetres: number;
  /** Of a 16 : 9 screen; null where the width is told. */
  diagonalInches: number | null;
  widthMillimetres: number | null;
}

export interface WallAddress {
  query: string;
  widthMillimetres: number;
  /** How high the smallest capital stands on the screen. */
  capitalMillimetres: number;
  /** How many lines of the smallest text a 16 : 9 screen holds. */
  lines: number;
}

const LINE_HEIGHT = 1.2;

/** Null where what is told cannot be a screen. */
export function wallAddress({
  distanceMetres,
  diagonalInches,
  widthMillimetres,
}: WallPlace): WallAddress | null {
  const width = widthMillimetres ?? (diagonalInches === null ? Number.NaN : widthOfDiagonal(diagonalInches));
  const query = `?distance=${distanceMetres}&width=${width}`;
  // With a pixel to a millimetre, sizes are in millimetres.
  const screen = wallScreen(query, { width, ratio: 1 });
  const isTaken = screen.distanceMetres === distanceMetres && screen.pixelsPerMillimetre === 1;
  if (!isTaken) return null;
  const { smallest } = typeSizes(screen);
  return {
    query,
    widthMillimetres: width,
    capitalMillimetres: Math.round(characterMillimetres(16, distanceMetres)),
    lines: Math.floor((width * 9) / 16 / (smallest * LINE_HEIGHT)),
  };
}
