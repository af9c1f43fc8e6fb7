/** One alert in full: what was found, line by line, and how it stands. */
import type { Alert } from '../../shared/alert-state.ts';
import { formatCount, formatExpected } from './format.ts';
import { countsOfAlert, rarityOfAlert } from './tell-alert.ts';
import { words } from './words.ts';

/** @param time tells an instant */
export function factsOfAlert(alert: Alert, time: (instant: string) => string): string[] {
  const found = alert.finding;
  return [
    countsOfAlert(alert),
    rarityOfAlert(alert),
    words.alertWindow(time(found.window.from), time(found.window.to)),
    found.likelihoodRatio === null ? undefined : words.alertLikelihood(formatExpected(found.likelihoodRatio)),
    words.alertCells(found.cells.length),
    alert.coarse ? words.alertCoarse : undefined,
    words.alertRaisedAt(time(alert.raisedAt)),
    found.nearRepeat === null
      ? undefined
      : words.alertNearRepeat(
          formatExpected(found.nearRepeat.rise),
          formatExpected(found.nearRepeat.riseInterval[0]),
          formatExpected(found.nearRepeat.riseInterval[1]),
          formatCount(Math.round(found.nearRepeat.distanceMetres)),
          formatExpected(found.nearRepeat.days),
        ),
    found.rule === null ? undefined : words.alertRule(found.rule.name),
    found.over === null ? words.alertOverUnknown : found.over ? words.alertOver : undefined,
    alert.parent === null ? undefined : words.alertChildOf,
  ].filter((fact) => fact !== undefined);
}

/** Its state, who has it, and what was decided. */
export function statusOfAlert(alert: Alert, time: (instant: string) => string): string {
  return [
    words.alertState[alert.state],
    ...(alert.holder === null ? [] : [words.alertHeldBy(alert.holder)]),
    ...(alert.unit === null ? [] : [words.alertUnit(alert.unit)]),
    ...(alert.escalatedAt === null ? [] : [`▲ ${words.alertEscalated} ${time(alert.escalatedAt)}`]),
    ...(alert.shelvedUntil === null ? [] : [words.alertShelvedUntil(time(alert.shelvedUntil))]),
    ...(alert.heldBack ? [words.alertHeldBack] : []),
    ...(alert.outcome === null ? [] : [words.alertOutcome[alert.outcome]]),
    ...(alert.dismissal === null ? [] : [words.alertDismissal[alert.dismissal]]),
  ].join(' · ');
}
