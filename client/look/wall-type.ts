/** How large type must be on a wall, from how far away it is read and how dense its screen is. */

/** Sizes of type in CSS pixels. */
export interface TypeSizes {
  /** Nothing on the wall is smaller. */
  smallest: number;
  body: number;
  heading: number;
  figure: number;
}

export interface WallScreen {
  /** To the farthest seat. */
  distanceMetres: number;
  /** CSS pixels in a millimetre of the screen. */
  pixelsPerMillimetre: number;
}

/**
 * Heights of characters in minutes of arc at the farthest seat. ISO 9241-303 asks for at least 16 and prefers 20 to 22;
 * ISO 11064-4 takes the same for control rooms. Both mean the height of a capital letter, not of an x.
 */
const ARC_MINUTES: TypeSizes = { smallest: 16, body: 17.5, heading: 21, figure: 30 };

/** Of IBM Plex Sans: its capitals are 698 of 1000 units high. */
export const CAPITAL_SHARE = 0.698;

const RADIANS_PER_MINUTE = Math.PI / 180 / 60;

/** How high a character that fills so many minutes of arc stands on the screen. */
export function characterMillimetres(arcMinutes: number, distanceMetres: number): number {
  return 2 * distanceMetres * 1_000 * Math.tan((arcMinutes * RADIANS_PER_MINUTE) / 2);
}

/** Rounded up to a tenth of a pixel, so that rounding never makes type too small. */
export function typeSizes({ distanceMetres, pixelsPerMillimetre }: WallScreen): TypeSizes {
  const sizeOf = (arcMinutes: number): number => {
    const pixels = (characterMillimetres(arcMinutes, distanceMetres) * pixelsPerMillimetre) / CAPITAL_SHARE;
    return Math.ceil(pixels * 10) / 10;
  };
  const { smallest, body, heading, figure } = ARC_MINUTES;
  return {
    smallest: sizeOf(smallest),
    body: sizeOf(body),
    heading: sizeOf(heading),
    figure: sizeOf(figure),
  };
}
