/** How far a count is from what was expected, with an interval for the ratio. */

const Z = 1.959964;

/**
 * The score interval of a mean's ratio to its expectation (Wilson 1927, for counts: Garwood's exact one is a little
 * wider), with variance mean · (1 + θ); it holds for no incident too. The expectation is taken as known.
 */
export function observedOverExpected(
  observed: number,
  expected: number,
  dispersion: number,
): { ratio: number | null; interval95: [number, number] | null } {
  if (!(expected > 0)) return { ratio: null, interval95: null };
  const spread = Z ** 2 * (1 + dispersion);
  const reach = Math.sqrt(spread * (spread + 4 * observed));
  return {
    ratio: observed / expected,
    interval95: [
      Math.max(0, (2 * observed + spread - reach) / (2 * expected)),
      (2 * observed + spread + reach) / (2 * expected),
    ],
  };
}
