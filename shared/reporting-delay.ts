/** How complete the recent past is: which share of what happened so long ago is known by now. */
import type { Agency, Category } from './category.ts';
import type { Theme } from './theme.ts';
import { HOUR_MS } from './time.ts';

/** Where a curve has its points, in hours since it happened; after the last everything counts as known. */
export const DELAY_EDGES_HOURS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 96, 168, 336] as const;

/** For each of `DELAY_EDGES_HOURS` the share that is known by then: ascending, ending with 1. */
export type Completeness = readonly number[];

/** One feed's and category's, or a theme's. */
export interface DelayCurve {
  completeness: number[];
  /** How many incidents it was learnt from. */
  learntFrom: number;
}

export interface ReportingDelays {
  edgesHours: number[];
  /** In the forces asked for, feeds and categories as they come there. */
  themes: (DelayCurve & { theme: Theme })[];
  feeds: (DelayCurve & { agency: Agency; feed: string; category: Category })[];
}

/** The share known of what happened so long ago: linear between the points, before the first as there. */
export function knownShare(curve: Completeness, ageMs: number): number {
  const hours = ageMs / HOUR_MS;
  let [fromHours, fromShare] = [0, curve[0] ?? 1];
  for (const [i, toHours] of DELAY_EDGES_HOURS.entries()) {
    const toShare = curve[i] ?? 1;
    if (hours <= toHours) {
      return fromShare + ((toShare - fromShare) * (Math.max(0, hours) - fromHours)) / (toHours - fromHours);
    }
    [fromHours, fromShare] = [toHours, toShare];
  }
  return 1;
}

/** How old an incident is when it becomes known, if it is among this share of those soonest known; the inverse of `knownShare`. */
export function delayOfShare(curve: Completeness, share: number): number {
  let [fromHours, fromShare] = [0, curve[0] ?? 1];
  for (const [i, toHours] of DELAY_EDGES_HOURS.entries()) {
    const toShare = curve[i] ?? 1;
    if (share <= fromShare) return fromHours * HOUR_MS;
    if (share <= toShare) {
      return (fromHours + ((toHours - fromHours) * (share - fromShare)) / (toShare - fromShare)) * HOUR_MS;
    }
    [fromHours, fromShare] = [toHours, toShare];
  }
  return fromHours * HOUR_MS;
}

/** Below this share too little is known of a moment to say what it will come to. */
const LEAST_SHARE = 0.1;

export interface NowCast {
  known: number;
  /** What it will be about, once all is known. */
  estimated: number;
  /** One standard deviation of that, from the chance of reporting alone. */
  spread: number;
}

/**
 * What counts known by now will come to: each stands for 1 / the share known at its age (Horvitz & Thompson 1952).
 * `counts` are `[age in ms, incidents]`. The newest moments, of which too little is known, are taken to be as
 * busy as the others.
 */
export function nowCast(
  counts: Iterable<readonly [ageMs: number, count: number]>,
  curve: Completeness,
): NowCast {
  let [known, variance, estimatedSure, sure, unsure] = [0, 0, 0, 0, 0];
  for (const [ageMs, count] of counts) {
    known += count;
    const share = knownShare(curve, ageMs);
    if (share < LEAST_SHARE) {
      unsure++;
      continue;
    }
    sure++;
    estimatedSure += count / share;
    variance += (count * (1 - share)) / share ** 2;
  }
  const perMoment = sure === 0 ? 0 : estimatedSure / sure;
  const estimated = sure === 0 ? known : Math.max(known, estimatedSure + unsure * perMoment);
  return { known, estimated, spread: Math.sqrt(variance + unsure * perMoment) };
}
