/** Partners and the actions that they take on, in English. */
import type {
  ActionKind,
  ActionOutcome,
  ActionState,
  PartnerAct,
  PartnerAgency,
} from '../../../shared/partner-action.ts';

const actionKind: Record<ActionKind, string> = {
  lighting: 'Lighting',
  outreach: 'Outreach',
  'licensing-visit': 'Licensing visit',
  cctv: 'CCTV',
  'clean-up': 'Clean-up',
  'youth-work': 'Youth work',
  'securing-premises': 'Securing premises',
  'street-design': 'Street design',
  other: 'Other',
};

const actionState: Record<ActionState, string> = {
  given: 'given',
  accepted: 'accepted',
  'under-way': 'under way',
  done: 'done',
  declined: 'declined',
  withdrawn: 'withdrawn',
};

const actionOutcome: Record<ActionOutcome, string> = {
  'carried-out': 'carried out',
  'partly-carried-out': 'carried out in part',
  'not-carried-out': 'not carried out',
};

const actionAct: Record<PartnerAct, string> = {
  accept: 'Accept',
  progress: 'Report progress',
  complete: 'Report the outcome',
  decline: 'Decline',
  withdraw: 'Withdraw',
};

const partnerAgency: Record<PartnerAgency, string> = {
  council: 'Council',
  health: 'Health',
  'social-care': 'Social services',
  community: 'Community',
};

export const partners = {
  actionKind,
  actionState,
  actionOutcome,
  actionAct,
  partnerAgency,
  partnersButton: 'Partners',
  partnersTitle: 'Actions by partners',
  partnerPageTitle: 'Actions given to you',
  partnerMap: 'Map and hotspots',
  partnerActions: 'Actions given to you',
  actionOnMap: 'on the map',
  actionNone: 'No action has been given.',
  actionGive: 'Give an action',
  actionWhere: 'Where',
  actionHere: (place: string) => `Open hexagon, ${place}`,
  actionAlert: (what: string, place: string) => `Alert: ${what}, ${place}`,
  actionNowhere: 'Open a hexagon first, or wait for an alert: an action is given for a place.',
  actionKindField: 'Kind',
  actionAgency: 'Agency',
  actionOrganisation: 'Organisation',
  actionOrganisationHint: 'small letters, digits and hyphens; never a person',
  actionDue: 'Due',
  actionWanted: 'What is asked for (no names of persons)',
  actionSend: 'Give the action',
  actionGiven: (organisation: string) => `Given to ${organisation}.`,
  actionDueOn: (day: string) => `due ${day}`,
  actionOverdue: 'overdue',
  actionFromAlert: 'from an alert',
  actionFromHotspot: 'from a hotspot',
  actionReport: 'Report (no names of persons)',
  actionOutcomeField: 'Outcome',
  actionSave: 'Send',
  actionLastReport: (report: string) => `Last report: ${report}`,
  placesTitle: 'What was tried where, and what followed',
  placesNone: 'Nothing has been tried yet.',
  placesHint:
    'Incidents in the coarse hexagon against the forecasts issued at the time: four weeks before the action was given, and up to four after it was done. One place before and after proves no cause.',
  placesBefore: 'Before',
  placesAfter: 'After',
  placesSum: (observed: string, expected: string, weeks: number) =>
    `${observed} where ${expected} were expected, in ${weeks === 1 ? '1 week' : `${weeks} weeks`}`,
  placesRatio: (ratio: string, low: string, high: string) => `${ratio} times (95 %: ${low} to ${high})`,
  placesUnknown: 'not known',
  placesNotYet: 'not done yet',
  placesWeekUnknown: 'data missing',
  placesWeek: (from: string, observed: string, expected: string) =>
    `Week from ${from}: ${observed} of ${expected} expected`,
};
