/** Builds incidents as stored, and random lives of incidents with their corrections, for tests. */
import fc from 'fast-check';
import type { IncidentChange, StoredIncident, Superseded } from '../../shared/announcement.ts';
import { CATEGORIES, MARKERS } from '../../shared/category.ts';
import { cellAt } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { STATUSES, TIME_PRECISIONS } from '../../shared/incident.ts';
import { formatInstant } from '../../shared/time.ts';

/** What tests take for the present. */
export const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

let made = 0;

export function storedIncident(change: Partial<StoredIncident> = {}): StoredIncident {
  made++;
  const { lat = 51.5, lon = -0.12 } = change;
  return {
    agency: 'police',
    feed: 'cad',
    id: `stored-${made}`,
    revision: 1,
    status: 'open',
    origin: 'live',
    occurredAt: formatInstant(NOW_MS),
    occurredUntil: null,
    timePrecision: 'minute',
    receivedAt: formatInstant(NOW_MS),
    lat,
    lon,
    cell: cellAt(lat, lon),
    category: 'burglary',
    markers: [],
    nativeCategory: null,
    severity: 2,
    force: 'unassigned',
    discovery: 'reported',
    ...change,
  };
}

/** A correction of `before`, and what it supersedes. */
export function corrected(before: StoredIncident, change: Partial<StoredIncident>): IncidentChange {
  return {
    incident: { ...before, revision: before.revision + 1, ...change },
    superseded: supersededOf(before),
  };
}

export function supersededOf(incident: StoredIncident): Superseded {
  const { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery } = incident;
  return { revision, status, occurredAt, timePrecision, cell, category, markers, force, discovery };
}

const FORCES_DRAWN: readonly Force[] = ['unassigned', 'kent', 'surrey'];

/** A few places close together, so that cells are shared; times from two days ago to now. */
export const content = fc
  .record({
    lat: fc.integer({ min: 0, max: 5 }).map((step) => 51.5 + step * 0.004),
    lon: fc.integer({ min: 0, max: 5 }).map((step) => -0.12 + step * 0.006),
    agoMinutes: fc.integer({ min: 0, max: 2 * 24 * 60 }),
    category: fc.constantFrom(...CATEGORIES),
    markers: fc.subarray([...MARKERS], { maxLength: 2 }),
    status: fc.constantFrom(...STATUSES),
    timePrecision: fc.constantFrom(...TIME_PRECISIONS),
    force: fc.constantFrom(...FORCES_DRAWN),
  })
  .map(({ agoMinutes, ...rest }) => ({
    ...rest,
    cell: cellAt(rest.lat, rest.lon),
    occurredAt: formatInstant(NOW_MS - agoMinutes * 60_000),
  }));

/** Lists of changes: each incident stored, then perhaps corrected, in an order that LIVE could have. */
export const incidentLives: fc.Arbitrary<IncidentChange[]> = fc
  .array(fc.array(content, { minLength: 1, maxLength: 3 }), { maxLength: 25 })
  .map((lives) =>
    lives.map((revisions) => {
      const changes: IncidentChange[] = [];
      for (const revision of revisions) {
        const before = changes.at(-1)?.incident;
        changes.push(
          before === undefined ? { incident: storedIncident(revision) } : corrected(before, revision),
        );
      }
      return changes;
    }),
  )
  .map((lives) => Array.from({ length: 3 }, (_, turn) => lives.flatMap((life) => life[turn] ?? [])).flat());

/** What counts after all changes: the last revision of each incident, unless cancelled. */
export function thatCount(changes: readonly IncidentChange[]): StoredIncident[] {
  const latest = new Map(changes.map(({ incident }) => [incident.id, incident]));
  return [...latest.values()].filter(({ status }) => status !== 'cancelled');
}
