/** Alerts at a desk: the list, the steps, the meter, sound and speech, in English. */
import type { Alert } from '../../../shared/alert-state.ts';
import type { AlertAct, Dismissal, Outcome } from '../../../shared/alert-step.ts';
import type { AlertFilter } from '../../state/alert-list.ts';

const outcome: Record<Outcome, string> = {
  'offence-confirmed': 'Offence confirmed',
  'disorder-dealt-with': 'Disorder dealt with',
  reassured: 'People reassured',
  'nothing-found': 'Nothing found',
  'passed-to-partner': 'Passed to a partner',
  'not-attended': 'Not attended',
};
const dismissal: Record<Dismissal, string> = {
  'known-event': 'A known event',
  'known-operation': 'A known operation',
  'same-incident': 'One incident told many times',
  'wrong-data': 'The data are wrong',
  'no-concern': 'No concern here',
};
const act: Record<AlertAct, string> = {
  acknowledge: 'Take it',
  assign: 'Assign a unit',
  escalate: 'Escalate',
  resolve: 'Resolve',
  dismiss: 'Dismiss',
  shelve: 'Shelve',
  unshelve: 'Take off the shelf',
};
const taken: Record<AlertAct | 'raise', string> = {
  raise: 'raised',
  acknowledge: 'taken',
  assign: 'assigned',
  escalate: 'escalated',
  resolve: 'resolved',
  dismiss: 'dismissed',
  shelve: 'shelved',
  unshelve: 'off the shelf',
};
const filter: Record<AlertFilter, string> = {
  called: 'Open',
  raised: 'Not taken',
  acknowledged: 'Taken',
  assigned: 'Assigned',
  shelved: 'Shelved',
  'held-back': 'Held back',
};
const became: Record<Alert['state'], string> = {
  raised: 'nobody has taken it',
  acknowledged: 'it is taken',
  assigned: 'a unit is assigned',
  resolved: 'it is resolved',
  dismissed: 'it is dismissed',
};

export const alerts = {
  alertOutcome: outcome,
  alertDismissal: dismissal,
  alertAct: act,
  alertTaken: taken,
  alertFilter: filter,
  alertFilters: 'Which alerts',
  alertSince: (time: string) => `since ${time}`,
  alertOnceInDays: (days: string) => `by chance once in ${days} days`,
  alertOnceInYears: (years: string) => `by chance once in ${years} years`,
  alertOnceADay: 'by chance once a day or more often',
  alertEscalated: 'escalated',
  alertShelvedUntil: (time: string) => `shelved until ${time}`,
  alertHeldBy: (name: string) => `with ${name}`,
  alertUnit: (unit: string) => `unit ${unit}`,
  alertWith: (count: number) => (count === 1 ? 'and 1 beside it' : `and ${count} beside it`),
  alertOverUnknown: 'whether it still holds is not known: a feed is silent',
  alertNone: 'No alert here.',
  alertNear: (distance: string, direction: string, place: string) =>
    `${distance} km ${direction} of ${place}`,
  alertNextMark: 'next',
  alertAbout: (what: string) => `Alert: ${what}`,
  alertWindow: (from: string, to: string) => `Counted from ${from} to ${to}`,
  alertLikelihood: (ratio: string) => `Likelihood ratio ${ratio}`,
  alertCells: (count: number) => (count === 1 ? '1 hexagon' : `${count} hexagons`),
  alertCoarse: 'Shown coarsely: the exact hexagons are for cleared readers.',
  alertRaisedAt: (time: string) => `Raised ${time}`,
  alertNearRepeat: (rise: string, lower: string, upper: string, metres: string, days: string) =>
    `Risk ${rise} times the usual (${lower} to ${upper}) within ${metres} m for ${days} days`,
  alertRule: (name: string) => `By the rule “${name}”`,
  alertChildOf: 'Handled together with another alert beside it.',
  alertToCell: 'To the hexagon',
  alertStepsTitle: 'Steps taken',
  alertStepBy: (by: string) => (by === 'server' ? 'the server' : by),
  alertClose: 'Close alert',
  alertNoActs: 'You may look at alerts, and not handle them.',
  alertUnitField: 'Unit',
  alertUnitHint: '↑ ↓ chooses among the nearest, Enter assigns',
  alertUnitsNone: 'No unit has told within an hour where it is: type its name.',
  alertUnitWhere: (kilometres: string, age: string) => `${kilometres} km away, ${age} ago`,
  alertUnitTyped: 'typed before',
  alertUnitBad: 'A unit’s name has letters, digits and . _ : - only.',
  alertNote: 'Note (no names)',
  alertReason: 'Reason',
  alertReasonNeeded: 'Choose a reason: without one an alert cannot be dismissed.',
  alertOutcomeField: 'Outcome',
  alertOutcomeNeeded: 'Choose an outcome.',
  alertShelveFor: 'Shelve for',
  alertMinutes: (minutes: number) => `${minutes} minutes`,
  alertCancel: 'Not now',
  alertSending: 'Sending …',
  alertHas: (holder: string, state: Alert['state']) => `${holder} has this alert: ${became[state]}.`,
  alertEnded: (holder: string | null, state: Alert['state']) =>
    holder === null ? `Too late: ${became[state]}.` : `Too late: ${became[state]}, by ${holder}.`,
  alertMovedOn: (state: Alert['state']) =>
    `This alert has moved on: ${became[state]}. Look again, then repeat.`,
  alertKept: 'What you typed is still here.',
  alertRefused: (reason: string) => `Not done: ${reason}`,
  alertUnreachable: 'The server does not answer: nothing was done. Try again.',
  alertJumped: 'The list has just changed: press the key again for the one that is next now.',
  alertNoneWaits: 'No alert waits to be taken.',
  alertDone: (what: string) => `Done: ${what}.`,
  alertFlood: (count: string) => `Flood of alerts: ${count} in ten minutes`,
  alertFloodKinds: (count: string, kind: string) => `${count} × ${kind}`,
  alertFloodHeld: (count: number) =>
    count === 0 ? 'none is held back' : count === 1 ? '1 is held back' : `${count} are held back`,
  alertMeter: 'Alert rate',
  alertMeterRate: (rate: string, steady: string) => `${rate} per dispatcher in 10 min (steady: ${steady})`,
  alertMeterPeople: (count: number) =>
    count === 0 ? 'no dispatcher at a desk' : count === 1 ? '1 dispatcher' : `${count} dispatchers`,
  alertMeterShares: (high: string, medium: string, low: string) =>
    `Last day: ${high} high, ${medium} medium, ${low} low`,
  alertMeterAims: (high: string, medium: string, low: string) => `(aim ${high}, ${medium}, ${low})`,
  alertMeterNone: 'No alert in the last day',
  alertMeterUnknown: 'The rate of alerts is not known.',
  alertSound: 'Sound',
  alertSpeech: 'Speech',
  alertSoundBlocked: 'The browser lets no sound out before you press a key here.',
  alertSaid: (priority: string, what: string, where: string, counted: string) =>
    `Alert, ${priority}: ${what}, ${where}. ${counted}.`,
  alertSaidMore: (count: number) => (count === 1 ? 'And 1 more new alert.' : `And ${count} more new alerts.`),
  alertsWaiting: (count: number) => (count === 1 ? '1 not taken' : `${count} not taken`),
};
