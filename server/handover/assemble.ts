/** Puts a handover's parts together: which alerts belong to it, what silence leaves unknown, what stays open. */
import { isOpen } from '../../shared/alert-state.ts';
import type { TakenStep } from '../../shared/alert-step.ts';
import type { FeedOutage } from '../../shared/forecast-outcome.ts';
import type { Handover, HandoverAlert, HandoverStep } from '../../shared/handover.ts';
import type { Span } from '../../shared/shift.ts';

/** A step in the words that others read it by: a unit, an outcome or a reason is its detail. */
export function handoverStep({ at, by, role, step }: TakenStep): HandoverStep {
  const told = { at, act: step.act, by, role, note: 'note' in step ? (step.note ?? null) : null };
  switch (step.act) {
    case 'assign':
      return { ...told, detail: step.unit };
    case 'resolve':
      return { ...told, detail: step.outcome };
    case 'dismiss':
      return { ...told, detail: step.reason };
    case 'shelve':
      return { ...told, detail: String(step.minutes) };
    default:
      return { ...told, detail: null };
  }
}

type Told = Omit<HandoverAlert, 'replay'>;

/** Raised, handled or still open in the span: an alert that ended before it and only changed since is none of it. */
export function belongsToSpan({ alert, steps }: Told, { fromMs }: Span): boolean {
  const touched = [alert.raisedAt, ...steps.map(({ at }) => at)];
  return isOpen(alert) || touched.some((at) => Date.parse(at) >= fromMs);
}

/** Of alerts as they stood at the end. */
export function alertCounts(
  alerts: readonly Told[],
  { fromMs }: Span,
): Pick<Handover['alerts'], 'raised' | 'resolved' | 'dismissed' | 'openAtEnd'> {
  const since = (at: string): boolean => Date.parse(at) >= fromMs;
  const decided = (act: string): number =>
    alerts.filter(({ steps }) => steps.some((step) => step.act === act && since(step.at))).length;
  return {
    raised: alerts.filter(({ alert }) => since(alert.raisedAt)).length,
    resolved: decided('resolve'),
    dismissed: decided('dismiss'),
    openAtEnd: alerts.filter(({ alert }) => isOpen(alert)).length,
  };
}

/** How many of the feeds were silent in the span: for all of it, or for a part. `feeds` as `agency/feed`. */
export function silence(
  feeds: readonly string[],
  outages: readonly FeedOutage[],
  { fromMs, toMs }: Span,
): Handover['feeds'] {
  const silentOf = (name: string): { all: boolean; part: boolean } => {
    const own = outages
      .filter(({ agency, feed }) => `${agency}/${feed}` === name)
      .map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: to === null ? Infinity : Date.parse(to) }));
    return {
      all: own.some((one) => one.fromMs <= fromMs && one.toMs >= toMs),
      part: own.some((one) => one.fromMs < toMs && one.toMs > fromMs),
    };
  };
  const silent = feeds.map(silentOf);
  return {
    known: feeds.length,
    silentInPart: silent.filter(({ all, part }) => part && !all).length,
    silentThroughout: silent.filter(({ all }) => all).length,
  };
}
