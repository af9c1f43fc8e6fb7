/** What happened, in English: key figures and the latest incidents. */
import type { NoNormalReason } from '../../../shared/normal.ts';

export const incidents = {
  inAll: (count: string) => `${count} in all`,
  incidents: (count: number): string => (count === 1 ? 'incident' : 'incidents'),
  /** What late reports will make of a count; the count itself stands beside it. */
  onceAllIsKnown: (count: string) => `≈ ${count} once all is reported`,
  usually: (interval: string) => `usually ${interval}`,
  /** Where officers found some of those shown: the normal is of what was reported. */
  reportedOnly: (reported: string) => `${reported} reported,`,
  usualUnknown: {
    'no-data': 'usual: not known',
    'history-too-short': 'usual: not known yet',
    'clock-too-fast': 'usual: not known',
    'not-counted': 'usual: being counted',
  } satisfies Record<NoNormalReason, string>,
  usualUnknownWhy: {
    'no-data': 'No feed tells of this with times.',
    'history-too-short': 'Fewer than four of the last weeks were told of.',
    'clock-too-fast': 'The recording runs faster than its past can be counted.',
    'not-counted': 'The server has just started.',
  } satisfies Record<NoNormalReason, string>,
  moreThanUsual: 'more than usual',
  fewerThanUsual: 'fewer than usual',
  /** In the place of a count that nobody can know yet. */
  notKnown: '–',
  notKnownYet: 'not known yet',
  pastArriving: 'The past is still arriving: not quiet, not known.',
  toldUntil: (when: string) => `told up to ${when}`,
  latest: 'Latest',
  notToldYet: 'Not told of yet.',
  noIncidents: 'No incidents in the last 24 h.',
  unlisted: (count: string) => `and ${count} more, too many at once to list`,
  severity: (severity: number) => `severity ${severity} of 5`,
  cancelled: 'cancelled',
};
