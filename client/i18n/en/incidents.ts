/** What happened, in English: key figures and the latest incidents. */

export const incidents = {
  inAll: (count: string) => `${count} in all`,
  incidents: (count: number): string => (count === 1 ? 'incident' : 'incidents'),
  /** What late reports will make of a count; the count itself stands beside it. */
  onceAllIsKnown: (count: string) => `≈ ${count} once all is reported`,
  latest: 'Latest',
  noIncidents: 'No incidents in the last 24 h.',
  unlisted: (count: string) => `and ${count} more, too many at once to list`,
  severity: (severity: number) => `severity ${severity} of 5`,
  cancelled: 'cancelled',
};
