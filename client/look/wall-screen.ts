/** The screen that a wall is and the seats before it, as its address tells them. */
import { settingIn, type ScreenSetting } from '../screen-settings.ts';
import type { WallScreen } from './wall-type.ts';

const MILLIMETRES_PER_INCH = 25.4;
/**
 * A video wall of 110 inches (four panels of 55), 16 : 9, read from 6 metres: what control rooms have, and what an address that
 * says nothing gets.
 */
export const USUAL_WALL = { distanceMetres: 6, widthMillimetres: 2_435 } as const;

/** What is beyond these is a slip of the finger: nobody sits there, and no screen is made so. */
const BOUNDS: Record<'distance' | 'ppi' | 'width', readonly [least: number, most: number]> = {
  distance: [0.5, 40],
  ppi: [8, 400],
  width: [200, 30_000],
};

/** Pixels of the page and of the screen behind it. */
export interface ScreenPixels {
  /** CSS pixels across. */
  width: number;
  /** Pixels of the screen in a CSS pixel. */
  ratio: number;
}

/**
 * @param query `?distance=8&ppi=40`, the screen's own density, or `?distance=8&width=1210` in millimetres, for a page that fills
 *   the screen; what is missing or out of bounds is as on the usual wall
 */
export function wallScreen(query: string, pixels: ScreenPixels): WallScreen {
  const told = (name: ScreenSetting & keyof typeof BOUNDS): number | undefined => {
    const value = Number(settingIn(query, name) ?? Number.NaN);
    const [least, most] = BOUNDS[name];
    return value >= least && value <= most ? value : undefined;
  };
  const ppi = told('ppi');
  return {
    distanceMetres: told('distance') ?? USUAL_WALL.distanceMetres,
    pixelsPerMillimetre:
      ppi === undefined
        ? pixels.width / (told('width') ?? USUAL_WALL.widthMillimetres)
        : ppi / MILLIMETRES_PER_INCH / pixels.ratio,
  };
}

/** How wide a 16 : 9 screen of this diagonal is. */
export function widthOfDiagonal(inches: number): number {
  return Math.round((inches * MILLIMETRES_PER_INCH * 16) / Math.hypot(16, 9));
}
