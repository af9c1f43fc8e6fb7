/** How an incident's weight falls off with distance. */

export interface SpatialKernel {
  /** From here on it weighs nothing. */
  radiusMetres: number;
  weight: (squaredMetres: number) => number;
}

/** (1 − d²/h²)² within h: the kernel of PredictCode's retrospective hotspotting. */
export function quartic(bandwidthMetres: number): SpatialKernel {
  const perSquare = 1 / bandwidthMetres ** 2;
  return {
    radiusMetres: bandwidthMetres,
    weight: (squaredMetres) => (1 - squaredMetres * perSquare) ** 2,
  };
}

/** exp(−d²/2h²), cut off at three bandwidths. */
export function gaussian(bandwidthMetres: number): SpatialKernel {
  const rate = 1 / (2 * bandwidthMetres ** 2);
  return {
    radiusMetres: 3 * bandwidthMetres,
    weight: (squaredMetres) => Math.exp(-squaredMetres * rate),
  };
}
