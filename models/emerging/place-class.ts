/** How an emerging place goes on, in the classes of emerging hot spot analysis, carried from years to the hours of a shift. */
import type { EmergingClass } from '../../shared/alert.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { mannKendall } from './trend.ts';

/** A place is looked at once a quarter of an hour, and remembered for a day. */
export const STEP_MS = 15 * MINUTE_MS;
const REMEMBERED_STEPS = 96;
/** A hotspot is new for its first hour. */
const NEW_STEPS = 4;
/** Trends are those of the last four hours. */
const TREND_STEPS = 16;
/** Hot in fewer of the steps since it was first is sporadic (Esri's bound of 90 %), and no longer above the second. */
const [SPORADIC_BELOW, STEADY_FROM] = [0.9, 0.95];
/** A trend shows at 5 %, and is over below 20 % (two-sided). */
const [TREND_FROM, TREND_WHILE] = [1.96, 1.28];
/** Another class must hold for so many steps. */
const DWELL_STEPS = 2;
/** Cold for so many, the place is over. */
const COLD_STEPS = 4;

export interface PlaceStep {
  /** Of its strongest window now. */
  score: number;
  /** In the quarter of an hour just past. */
  observed: number;
  expected: number;
}

/** Scores at which a place becomes hot, and while it stays so. */
export interface HotLevels {
  enter: number;
  stay: number;
}

/** JSON, for checkpoints. */
export interface PlaceState {
  /** Null where it is not hot, or no more. */
  class: EmergingClass | null;
  classSinceMs: number;
  /** Since when it is hot. */
  sinceMs: number;
  isHot: boolean;
  /** From the first hot step that is remembered on; the oldest first. */
  steps: { isHot: boolean; excess: number }[];
  /** Another class, and how many steps it has held. */
  pending: { class: EmergingClass | null; steps: number } | null;
}

export const COLD_PLACE: PlaceState = {
  class: null,
  classSinceMs: 0,
  sinceMs: 0,
  isHot: false,
  steps: [],
  pending: null,
};

/**
 * The place one step later:
 * - *new*: hot for the first time in a day, for up to an hour;
 * - *intensifying*, *diminishing*: hot in nine steps of ten since, with more or fewer incidents over the expected in each
 *   quarter of an hour, by Mann and Kendall's test over four hours; *persistent*: without such a trend;
 * - *sporadic*: hot, but not in nine of ten: it comes and goes.
 *
 * It gets hot at `enter` and cools below `stay`; a class gives way to one that has held for half an hour, and to none after a cold hour.
 */
export function advancePlace(
  state: PlaceState,
  step: PlaceStep,
  atMs: number,
  { enter, stay }: HotLevels,
): PlaceState {
  const isHot = step.score >= (state.isHot ? stay : enter);
  const steps = [...state.steps, { isHot, excess: step.observed - step.expected }].slice(-REMEMBERED_STEPS);
  const firstHot = steps.findIndex((one) => one.isHot);
  const remembered = firstHot < 0 ? [] : steps.slice(firstHot);
  const sinceMs = isHot && !state.isHot && state.class === null ? atMs : state.sinceMs;
  const advanced = { ...state, isHot, steps: remembered, sinceMs };
  const next = classOf(advanced);
  if (next === state.class) return { ...advanced, pending: null };
  const held = state.pending?.class === next ? state.pending.steps + 1 : 1;
  const needed = state.class === null ? 1 : next === null ? COLD_STEPS : DWELL_STEPS;
  if (held < needed) return { ...advanced, pending: { class: next, steps: held } };
  return { ...advanced, class: next, classSinceMs: atMs, pending: null };
}

/** Whether nothing of it need be remembered any more. */
export function isForgotten({ class: current, steps }: PlaceState): boolean {
  return current === null && steps.length === 0;
}

function classOf({ class: current, isHot, steps }: PlaceState): EmergingClass | null {
  if (!isHot) return null;
  const hotShare = steps.filter((step) => step.isHot).length / steps.length;
  if (hotShare < (current === 'sporadic' ? STEADY_FROM : SPORADIC_BELOW)) return 'sporadic';
  if (steps.length <= NEW_STEPS) return 'new';
  const trend = mannKendall(steps.slice(-TREND_STEPS).map(({ excess }) => excess));
  if (trend >= (current === 'intensifying' ? TREND_WHILE : TREND_FROM)) return 'intensifying';
  if (-trend >= (current === 'diminishing' ? TREND_WHILE : TREND_FROM)) return 'diminishing';
  return 'persistent';
}
