/** Builds handovers and their alerts for tests. */
import type { Alert } from '../../shared/alert-state.ts';
import type { Handover } from '../../shared/handover.ts';
import { finding, placeOf } from './findings.ts';

export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    ...{ id: '7', force: 'kent', version: 1, revision: 1, priority: 'high', state: 'raised' },
    ...{ finding: finding(), coarse: false, heldBack: false, parent: null, holder: null, unit: null },
    ...{ raisedAt: '2026-03-01T15:00:00.000Z', changedAt: '2026-03-01T15:00:00.000Z' },
    ...{ escalatedAt: null, shelvedUntil: null, outcome: null, dismissal: null },
    ...change,
  };
}

/** Of a late shift in Kent: one alert that was resolved, one hotspot, an outage, a note. */
export function handoverOf(change: Partial<Handover> = {}): Handover {
  const [from, to] = ['2026-03-01T14:00:00.000Z', '2026-03-01T22:00:00.000Z'];
  const step = { by: 'desk-1', role: 'dispatcher', detail: null, note: null };
  const chosen = { cells: 1, areaShare: 0.01, hits: 1, hitRate: 0.5, pai: 50 };
  return {
    ...{ force: 'kent', theme: 'all', timeZone: 'Europe/London', from, to, until: to, shift: 14 },
    ...{ madeAt: '2026-03-01T22:05:00.000Z', replay: '/replay?at=2026-03-01T22:00:00Z&force=kent' },
    ...{ data: 'live', feeds: { known: 2, silentInPart: 1, silentThroughout: 0 } },
    figures: [
      {
        ...{ theme: 'all', reported: 31, reason: null, replay: '/replay?at=2026-03-01T22:00:00Z' },
        normal: { expected: 24.2, lower: 18, upper: 31, lower95: 15, upper95: 35, weeks: 52 },
      },
      { theme: 'burglary', reported: null, normal: null, reason: 'no-data', replay: '/replay?at=x' },
    ],
    alerts: {
      ...{ raised: 1, resolved: 1, dismissed: 0, openAtEnd: 0, more: 0 },
      listed: [
        {
          ...{ alert: alertOf({ state: 'resolved', holder: 'desk-1' }), state: 'resolved' },
          steps: [
            { ...step, at: '2026-03-01T15:00:00.000Z', act: 'raise', by: 'server', role: 'server' },
            {
              ...{ ...step, at: '2026-03-01T15:20:00.000Z', act: 'resolve', detail: 'nothing-found' },
              note: '=quiet, "now"',
            },
          ],
          replay: '/replay?at=2026-03-01T15:00:05Z',
        },
      ],
    },
    hotspots: {
      ...{ issuedAt: from, window: { from, to }, state: 'closed', told: true, coarse: false },
      incidents: { counted: 2, inside: 1, outside: 1, beyond: 0, unplaced: 0, untimed: 0 },
      ...{ model: chosen, naiveMap: { ...chosen, hits: null, hitRate: null, pai: null } },
      listed: [
        {
          ...{ rank: 1, cell: placeOf(0), expected: 1.84, lower: 0, upper: 4, observed: 1, minutes: null },
          replay: '/replay?at=2026-03-01T14:00:00Z',
        },
      ],
      replay: '/replay?at=2026-03-01T14:00:00Z',
    },
    doses: { known: false, minutes: null, inHotspots: null },
    taskings: [],
    open: { alerts: [], taskings: [], actions: [] },
    outages: [
      { agency: 'council', feed: 'cctv', from: '2026-03-01T16:00:00.000Z', to: null, replay: '/replay?at=y' },
    ],
    notes: [
      {
        ...{ id: '1', force: 'kent', from, to, version: 2, text: 'Watch the harbour', by: 'lead-1' },
        ...{ role: 'shift-lead', writtenAt: '2026-03-01T21:40:00.000Z', changedBy: 'lead-2' },
        changedAt: '2026-03-01T21:50:00.000Z',
      },
    ],
    basemap: { kind: 'none' },
    ...change,
  };
}
