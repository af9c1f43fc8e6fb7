/** How much of the world a map shows. */

export interface Scale {
  metresPerPixel: number;
  /** From the top of the view to its bottom. */
  metresHigh: number;
  /** A hundredth of the screen's height, in pixels. */
  unit: number;
}
