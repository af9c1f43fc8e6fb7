/** The 97.5 % quantile of Student's t: how much wider an interval from few places must be. */

const NORMAL = 1.959964;

/**
 * By the expansion of Cornish and Fisher in 1/degrees (Abramowitz and Stegun 1964, 26.7.5): exact to 0.2 % from four
 * degrees of freedom on. Throws `RangeError` for fewer.
 */
export function tQuantile975(degrees: number): number {
  if (!(degrees >= 4)) throw new RangeError(`too few degrees of freedom: ${String(degrees)}`);
  const z = NORMAL;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}
