/** Frames of `/live` for tests: whole and valid, each with what its test is about. */
import { cellAt, cellCentre } from '../../shared/cell.ts';
import type {
  Delta,
  Hello,
  HotspotRanking,
  ShownChange,
  ShownIncident,
  Snapshot,
} from '../../shared/messages.ts';
import type { FeedState } from '../../shared/feed.ts';
import { THEMES } from '../../shared/theme.ts';

export const NOON = Date.UTC(2026, 5, 10, 12);
export const NOON_TEXT = new Date(NOON).toISOString();
export const CITY_CELL = cellAt(51.5, -0.1);
export const OTHER_CELL = cellAt(51.52, -0.12);

export function incident(change: Partial<ShownIncident> = {}): ShownIncident {
  const cell = change.cell ?? CITY_CELL;
  const [lat, lon] = cellCentre(cell);
  return {
    agency: 'police',
    feed: 'cad',
    id: 'one',
    revision: 1,
    status: 'open',
    origin: 'live',
    occurredAt: NOON_TEXT,
    occurredUntil: null,
    timePrecision: 'minute',
    receivedAt: NOON_TEXT,
    lat,
    lon,
    cell,
    category: 'burglary',
    markers: [],
    severity: 2,
    force: 'metropolitan',
    discovery: 'reported',
    coarse: false,
    period: null,
    ...change,
  };
}

export function stored(seq: number, ...changes: ShownChange[]): Extract<Delta, { changes: ShownChange[] }> {
  return { type: 'incidents.stored', seq, at: NOON_TEXT, force: 'metropolitan', changes };
}

/** A feed that speaks of the present. */
export function feed(change: Partial<FeedState> = {}): FeedState {
  return {
    agency: 'police',
    feed: 'cad',
    condition: 'live',
    lastReceivedAt: NOON_TEXT,
    expectedSeconds: 60,
    lastOccurredAt: NOON_TEXT,
    finestPrecision: 'minute',
    stored: 1,
    duplicates: 0,
    rejected: 0,
    lastRejection: null,
    ...change,
  };
}

export function ranking(change: Partial<HotspotRanking> = {}): HotspotRanking {
  return {
    at: NOON_TEXT,
    force: 'metropolitan',
    theme: 'all',
    horizonHours: 8,
    window: { from: NOON_TEXT, to: new Date(NOON + 8 * 3_600_000).toISOString() },
    modelId: 'model',
    unavailable: null,
    areaCells: 1_000,
    hotspots: [{ rank: 1, cell: CITY_CELL, expected: 1.5, lower: 0, upper: 3, observed: 1 }],
    ...change,
  };
}

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    seq: 10,
    serverTime: NOON_TEXT,
    forces: ['kent', 'metropolitan'],
    themes: ['all'],
    horizonHours: 8,
    counts: [],
    periods: [],
    hotspots: [],
    alerts: [],
    feeds: [],
    incidents: [],
    origins: ['live'],
    ...change,
  };
}

export function hello(change: Partial<Hello> = {}): Hello {
  return {
    type: 'hello',
    protocol: 1,
    epoch: 'first',
    serverTime: NOON_TEXT,
    clockSpeed: 1,
    forces: ['kent', 'metropolitan'],
    themes: [...THEMES],
    basemap: { kind: 'none' },
    timeZone: 'Europe/London',
    build: null,
    ...change,
  };
}
