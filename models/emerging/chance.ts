/** How often chance alone brings a score as high somewhere in the whole force. */

/**
 * Per day, chance opens exp(`intercept` − score / `scale`) clusters of this score or more. The highest score of a day then
 * follows Gumbel's distribution, of location `scale` · `intercept` and this scale (Gumbel 1958; Abrams, Kulldorff & Kleinman 2010 for
 * scan statistics).
 */
export interface ChanceTail {
  intercept: number;
  scale: number;
  /** Days of chance that it was fitted to. */
  days: number;
  /** Clusters at the lowest score that the fit uses. */
  clusters: number;
}

/** One by chance in so many days, with this score or more. */
export function onceInDays(tail: ChanceTail, score: number): number {
  return Math.exp(score / tail.scale - tail.intercept);
}

/** The score that chance reaches once in so many days. */
export function scoreOnceIn(tail: ChanceTail, days: number): number {
  return tail.scale * (Math.log(days) + tail.intercept);
}

/** What counting clusters of chance at several scores gave. */
export interface Tally {
  score: number;
  clusters: number;
}

/** Below so many clusters a rate is a guess. */
const FEWEST_CLUSTERS = 5;
/** Where more of all incidents open a cluster, scores come from the body of their distribution, which falls more slowly. */
export const TAIL_SHARE = 0.004;
/**
 * Of a likelihood ratio on its own the tail falls by e with each unit (Wilks 1938); that of the best of many falls a little more slowly, as it
 * has a power of the score before the exponential. Measured on long replicas: −0.87 to −0.95.
 */
const USUAL_SLOPE = -0.9;
const SLOPE_SPREAD = 0.1;

/**
 * Fits the tail by Poisson regression of the counts on the score, by Newton's method, with a normal prior on the slope around
 * `USUAL_SLOPE`: few clusters leave it there. Where chance brought next to none, half a cluster at the lowest score stands for them.
 */
export function fitTail(
  tallies: readonly Tally[],
  { days, incidents }: { days: number; incidents: number },
): ChanceTail {
  const inTail = tallies.filter(({ clusters }) => clusters <= incidents * TAIL_SHARE);
  const sure = inTail.filter(({ clusters }) => clusters >= FEWEST_CLUSTERS);
  const used = sure.length > 0 ? sure : (inTail[0] ?? tallies.at(-1) ?? { score: 0, clusters: 0 });
  const points = Array.isArray(used) ? used : [{ ...used, clusters: Math.max(0.5, used.clusters) }];
  const middle = points.reduce((sum, { score }) => sum + score, 0) / points.length;
  const counted = points.reduce((sum, { clusters }) => sum + clusters, 0);
  let [level, slope] = [Math.log(counted / points.length / days), USUAL_SLOPE];
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const prior = 1 / SLOPE_SPREAD ** 2;
    let [g0, g1, h00, h01, h11] = [0, -(slope - USUAL_SLOPE) * prior, 0, 0, prior];
    for (const { score, clusters } of points) {
      const x = score - middle;
      const mean = days * Math.exp(level + slope * x);
      // Who is counted at a score is counted at each below: so many counts are worth about one.
      const weight = 1 / points.length;
      g0 += weight * (clusters - mean);
      g1 += weight * x * (clusters - mean);
      h00 += weight * mean;
      h01 += weight * x * mean;
      h11 += weight * x * x * mean;
    }
    const determinant = h00 * h11 - h01 * h01;
    level += clamp((g0 * h11 - g1 * h01) / determinant);
    slope += clamp((g1 * h00 - g0 * h01) / determinant);
  }
  const scale = -1 / slope;
  const clusters = Math.max(...points.map((tally) => tally.clusters));
  return { intercept: level - slope * middle, scale, days, clusters };
}

const NEWTON_STEPS = 40;

function clamp(step: number): number {
  return Math.max(-0.5, Math.min(0.5, step));
}
