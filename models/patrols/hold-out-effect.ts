/** What patrols changed: incidents against the expected where hotspots were patrolled, beside those that were held out. */
import { seededRandom } from '../evaluation/seeded-random.ts';
import { tQuantile975 } from './t-quantile.ts';

/** One hotspot over the whole period. */
export interface MeasuredHotspot {
  stratum: number;
  heldOut: boolean;
  /** By the forecast from before the draw: nothing that patrols did is in it. */
  expected: number;
  observed: number;
}

export interface ArmTotal {
  hotspots: number;
  expected: number;
  observed: number;
  /** Observed over expected; null where nothing is expected. */
  ratio: number | null;
}

/** `too-few`: fewer hotspots in an arm, or fewer incidents, than an interval can be told from. */
export type EffectEstimate =
  | {
      known: true;
      /** Of patrolled over held-out hotspots, each observed over expected: below 1, patrols had fewer incidents. */
      ratio: number;
      interval95: [number, number];
      /** Of a ratio as far from 1 by the draw alone, both ways (Fisher 1935). */
      chance: number;
    }
  | { known: false; because: 'too-few-hotspots' | 'too-few-incidents' };

export interface HoldOutEffect {
  treated: ArmTotal;
  heldOut: ArmTotal;
  estimate: EffectEstimate;
}

export const FEWEST_HOTSPOTS = 6;
export const FEWEST_INCIDENTS = 10;
const DRAWS = 2_000;
const SEED = 19_950_401;

/**
 * A ratio of ratios. Its interval is a log one from the variance of each arm's ratio between hotspots, which holds
 * whatever the spread of the counts (Taylor's for a ratio, Cochran 1977, with the small sample's n/(n-1)), but never
 * from less than a Poisson count's; with Student's t of the smaller arm's degrees of freedom. Coverage on simulated
 * cities is held by tests.
 */
export function holdOutEffect(hotspots: readonly MeasuredHotspot[]): HoldOutEffect {
  const treated = hotspots.filter(({ heldOut }) => !heldOut);
  const heldOut = hotspots.filter((one) => one.heldOut);
  return {
    treated: totalOf(treated),
    heldOut: totalOf(heldOut),
    estimate: estimateOf(treated, heldOut, hotspots),
  };
}

function estimateOf(
  treated: readonly MeasuredHotspot[],
  heldOut: readonly MeasuredHotspot[],
  all: readonly MeasuredHotspot[],
): EffectEstimate {
  const arms = [treated, heldOut] as const;
  if (arms.some(({ length }) => length < FEWEST_HOTSPOTS))
    return { known: false, because: 'too-few-hotspots' };
  if (arms.map(totalOf).some(({ observed, expected }) => observed < FEWEST_INCIDENTS || !(expected > 0)))
    return { known: false, because: 'too-few-incidents' };
  const log = logRatio(treated, heldOut);
  const variance = arms.reduce((sum, arm) => sum + logVariance(arm), 0);
  const reach = tQuantile975(Math.min(treated.length, heldOut.length) - 1) * Math.sqrt(variance);
  return {
    known: true,
    ratio: Math.exp(log),
    interval95: [Math.exp(log - reach), Math.exp(log + reach)],
    chance: chanceOf(Math.abs(log), all),
  };
}

function totalOf(arm: readonly MeasuredHotspot[]): ArmTotal {
  const expected = arm.reduce((sum, one) => sum + one.expected, 0);
  const observed = arm.reduce((sum, one) => sum + one.observed, 0);
  return { hotspots: arm.length, expected, observed, ratio: expected > 0 ? observed / expected : null };
}

function logRatio(treated: readonly MeasuredHotspot[], heldOut: readonly MeasuredHotspot[]): number {
  const [one, other] = [totalOf(treated), totalOf(heldOut)];
  return Math.log((one.observed / one.expected / other.observed) * other.expected);
}

/** Of the logarithm of observed over expected. */
function logVariance(arm: readonly MeasuredHotspot[]): number {
  const { observed, expected, hotspots } = totalOf(arm);
  const squares = arm.reduce(
    (sum, one) => sum + (one.observed - (one.expected * observed) / expected) ** 2,
    0,
  );
  return Math.max(((hotspots / (hotspots - 1)) * squares) / observed ** 2, 1 / observed);
}

/** The draw done again within the strata, with as many held out in each: how often chance gives as much. */
function chanceOf(farAs: number, hotspots: readonly MeasuredHotspot[]): number {
  const random = seededRandom(SEED);
  const strata = [...Map.groupBy(hotspots, ({ stratum }) => stratum).values()].map((members) => ({
    places: members.map((_, place) => place),
    members,
    heldOut: members.filter(({ heldOut }) => heldOut).length,
  }));
  const all = totalOf(hotspots);
  let asFar = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let expected = 0;
    let observed = 0;
    for (const { places, members, heldOut } of strata) {
      for (let drawn = 0; drawn < heldOut; drawn++) {
        const other = drawn + Math.floor(random() * (places.length - drawn));
        [places[drawn], places[other]] = [places[other] ?? 0, places[drawn] ?? 0];
        const member = members[places[drawn] ?? 0];
        expected += member?.expected ?? 0;
        observed += member?.observed ?? 0;
      }
    }
    const log = Math.log(((all.observed - observed) / (all.expected - expected) / observed) * expected);
    // A drawing that leaves an arm without incidents is as far as can be.
    if (!(Math.abs(log) < farAs - 1e-12)) asFar++;
  }
  return (asFar + 1) / (DRAWS + 1);
}
