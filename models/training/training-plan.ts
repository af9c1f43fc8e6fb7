/** Which of the known past a model is fitted to, and which only lies before it. */
import type { TimePrecision } from '../../shared/incident.ts';
import { DAY_MS, type TimeZone } from '../../shared/time.ts';
import { Area } from '../features/area.ts';
import { feedsModel, type KnownIncident } from '../features/counted-incident.ts';
import { windowsOf, type Horizon, type Span } from '../forecast-windows.ts';
import { inKnownOrder } from '../walk-forward.ts';

/** There is not enough to learn from; the message is one line that says what is missing. */
export class TrainingImpossible extends Error {
  override readonly name = 'TrainingImpossible';
}

/** Half a year gains 0.002 to 0.006 nats an incident over a whole one on two cities, and fixes the cells later. */
const TRAINING_DAYS = 183;
/** A month ahead needs more windows than half a year has. */
const MONTHS_TRAINING_DAYS = 730;
const FEWEST_INCIDENTS = 100;
const FEWEST_WINDOWS = 6;
/** Shifts: short enough to tell the quarters of the day apart, few enough for a year of them. */
const SHIFT_HOURS = 8;
/** What a fit holds in memory at a time: some 160 MB. */
const MOST_ROWS = 3_000_000;
const SHIFTS_PER_WEEK = 21;

export interface TrainingPlan {
  /** In known order; only what feeds the model and is timed finely enough. */
  incidents: KnownIncident[];
  /** When the first of them happened. */
  firstMs: number;
  /** The cells are fixed at its beginning. */
  span: Span;
  windows: Span[];
}

/** The horizon whose windows a model for `horizon` is fitted to. */
export function fittedHorizon(horizon: Horizon): Horizon {
  if ('months' in horizon) return horizon;
  return { hours: horizon.hours < 24 ? SHIFT_HOURS : 24 };
}

/** Whether an incident's time is known well enough to say in which window of this horizon it fell. */
export function isTimedFor({ timePrecision }: { timePrecision: TimePrecision }, horizon: Horizon): boolean {
  if ('months' in horizon) return true;
  return (
    timePrecision === 'minute' || timePrecision === 'hour' || (timePrecision === 'day' && horizon.hours >= 24)
  );
}

/**
 * The last half year before `untilMs` (for months two years), or the later half of what is known where that is shorter. Throws
 * `TrainingImpossible` where too little lies before `untilMs`.
 */
export function planTraining(
  incidents: readonly KnownIncident[],
  untilMs: number,
  horizon: Horizon,
  timeZone: TimeZone,
): TrainingPlan {
  const usable = inKnownOrder(incidents, timeZone).filter(
    (incident) => feedsModel(incident) && isTimedFor(incident, horizon) && incident.knownAtMs < untilMs,
  );
  if (usable.length < FEWEST_INCIDENTS) {
    throw new TrainingImpossible(`only ${String(usable.length)} usable incidents lie before the given date`);
  }
  const firstMs = usable.reduce((first, { occurredAtMs }) => Math.min(first, occurredAtMs), Infinity);
  const days = 'months' in horizon ? MONTHS_TRAINING_DAYS : TRAINING_DAYS;
  const fromMs = Math.max(untilMs - days * DAY_MS, (firstMs + untilMs) / 2);
  const [first, ...rest] = windowsOf({ fromMs, toMs: untilMs }, horizon, timeZone);
  if (first === undefined || rest.length + 1 < FEWEST_WINDOWS) {
    throw new TrainingImpossible('too short a time lies before the given date to learn from');
  }
  const area = new Area();
  for (const { cell, knownAtMs } of usable) if (knownAtMs < first.fromMs) area.take(cell);
  const windows = thinned([first, ...rest], Math.ceil(MOST_ROWS / Math.max(1, area.size)));
  return { incidents: usable, firstMs, span: { fromMs: first.fromMs, toMs: untilMs }, windows };
}

/** At most `most` windows, evenly over the year, and by a step that meets every shift and every weekday. */
export function thinned(windows: Span[], most: number): Span[] {
  let step = Math.ceil(windows.length / most);
  while (step > 1 && commonDivisor(step, SHIFTS_PER_WEEK) > 1) step++;
  return windows.filter((_, index) => index % step === 0);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
