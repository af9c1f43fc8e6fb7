/** A shift's handover: the page, its parts and its notes, in English. */
import type { OutcomeState } from '../../../shared/forecast-outcome.ts';
import type { DataState } from '../../../shared/national.ts';

const data: Record<Exclude<DataState, 'live'>, string> = {
  late: 'What the feeds of this force tell is late: more may still come.',
  silent: 'No feed of this force speaks at present.',
  none: 'No feed tells of this force: nothing is known of it, which is not the same as nothing happened.',
};
const state: Record<OutcomeState, string> = {
  running: 'The window is not over: so far.',
  closed: 'Late reports may still come.',
  settled: 'Settled.',
};

/** By role in accounts; `server` where a time ran out. */
const role: Record<string, string> = {
  dispatcher: 'dispatcher',
  'shift-lead': 'shift lead',
  analyst: 'analyst',
  partner: 'partner',
  admin: 'administrator',
  server: 'the server',
};

export const handover = {
  handoverRole: role,
  handoverButton: 'Handover',
  handoverTitle: (force: string) => `Handover, ${force}`,
  handoverSpan: (date: string, from: string, to: string) => `${date}, ${from} to ${to}`,
  handoverSpanOf: (from: string, to: string) => `${from} to ${to}`,
  handoverMade: (at: string) => `Made ${at}`,
  handoverSoFar: (until: string) => `The shift is not over: all until ${until}.`,
  handoverShift: 'Shift',
  handoverPresent: 'The present one',
  handoverForce: 'Force',
  handoverChooseForce: 'Choose a force',
  handoverTheme: 'Hotspots of',
  handoverFrom: 'From',
  handoverTo: 'To',
  handoverShow: 'Show',
  handoverPrint: 'Print or save as PDF',
  handoverCsv: 'As CSV',
  handoverGeoJson: 'As GeoJSON',
  handoverToDesk: 'To the desk',
  handoverTools: 'What is handed over, and how',
  handoverWaiting: 'The handover is being made …',
  handoverRefused: (reason: string) => `The handover cannot be made: ${reason}`,
  handoverNotAllowed: 'Handovers are for dispatchers, shift leads, analysts and administrators.',
  handoverData: data,
  handoverSilent: (part: number, throughout: number, known: number) =>
    `Of ${known} feeds ${part} ${part === 1 ? 'was' : 'were'} silent for a part of this span, ${throughout} throughout: what they missed is in no figure.`,
  handoverReplay: 'replay',
  handoverNotKnown: 'not known',
  handoverNone: 'None.',
  handoverFigures: 'Key figures',
  handoverFigureColumns: {
    theme: 'Theme',
    reported: 'Reported',
    usual: 'Usual',
    interval: '80 % interval',
  },
  handoverFiguresNote:
    'Reported incidents as known when this was made, beside the same hours of the week in the last year.',
  handoverMap: 'Map of the shift',
  handoverMapOf: 'Map of the hotspots forecast for the shift, with the alerts that were raised or handled',
  handoverAlerts: 'Alerts and decisions',
  handoverAlertCounts: (raised: number, resolved: number, dismissed: number, open: number) =>
    `${raised} raised, ${resolved} resolved, ${dismissed} dismissed, ${open} open at the end`,
  handoverMore: (count: number) => `${count} more are not listed here.`,
  handoverHotspots: 'Hotspots and doses',
  handoverForecast: (issued: string, from: string, to: string) =>
    `Forecast issued ${issued} for ${from} to ${to}.`,
  handoverNoForecast: 'No forecast was issued for this span.',
  handoverOutcomeState: state,
  handoverHotspotColumns: {
    rank: 'Rank',
    place: 'Place',
    expected: 'Expected',
    observed: 'Happened',
    minutes: 'Patrol, min',
  },
  handoverDoses: (minutes: string, inHotspots: string) =>
    `Patrols gave ${minutes} minutes in all, ${inHotspots} of them in these hotspots.`,
  handoverDosesUnknown: 'No unit told where it was: how long patrols were where is not known.',
  handoverTaskings: 'Taskings',
  handoverTasking: (unit: string, minutes: string, required: string) =>
    `${unit}: ${minutes} min in all, ${required} a visit`,
  handoverOpen: 'Open matters',
  handoverOpenAlert: 'Alert',
  handoverOpenTasking: 'Tasking',
  handoverOpenAction: 'Partner action',
  handoverDue: (date: string) => `due ${date}`,
  handoverOverdue: 'overdue',
  handoverOutages: 'Feed outages',
  handoverOutage: (feed: string, from: string, to: string) => `${feed}: silent from ${from} to ${to}`,
  handoverOutageOpen: (feed: string, from: string) => `${feed}: silent since ${from}`,
  handoverNoOutage: 'No feed was silent.',
  handoverNotes: 'Notes',
  handoverNoteBy: (by: string, role: string, at: string) => `${by} (${role}), ${at}`,
  handoverNoteChanged: (by: string, at: string) => `changed by ${by}, ${at}`,
  handoverNoteSpan: (from: string, to: string) => `of ${from} to ${to}`,
  handoverNoteField: 'Add a note (no names of persons)',
  handoverNoteAdd: 'Add note',
  handoverNoteEdit: 'Change',
  handoverNoteKeep: 'Keep',
  handoverNoteCancel: 'Not now',
  handoverNoteAdded: 'The note is kept.',
  handoverNoteRefused: (reason: string) => `The note was not kept: ${reason}`,
};
