/** The frames of `/live`: snapshot, deltas, heartbeat. Documented in API.md; clients ignore unknown types. */
import Type, { type Static } from 'typebox';
import type {
  FeedsChanged,
  ForecastsIssued,
  HotspotsRanked,
  StoredIncident,
  Superseded,
} from './announcement.ts';
import type { Alert } from './alert-state.ts';
import type { Category } from './category.ts';
import type { Cell } from './cell.ts';
import type { FeedState } from './feed.ts';
import { HORIZONS, type HorizonHours } from './forecast.ts';
import { FORCES, UNASSIGNED, type Force } from './force.ts';
import type { Origin } from './incident.ts';
import type { ActionState } from './partner-action.ts';
import type { Period } from './period.ts';
import type { TaskingState } from './tasking.ts';
import { THEMES, type Theme } from './theme.ts';

export const PROTOCOL = 1;
/** Above so many incidents a delta carries counts instead. */
export const MAX_DELTA_INCIDENTS = 200;
export const SNAPSHOT_INCIDENTS = 500;
export const HEARTBEAT_SECONDS = 5;
/** Counts are kept in steps of a quarter of an hour: fine enough for a one-hour window. */
export const COUNT_STEP_MS = 900_000;

/** What lies under the data. A PMTiles archive is read by ranges; `attribution` is for one that has none of its own. */
export type Basemap =
  | { kind: 'none' }
  | { kind: 'raster'; template: string; attribution: string }
  | { kind: 'pmtiles'; url: string; attribution: string };

export interface Hello {
  type: 'hello';
  protocol: typeof PROTOCOL;
  /** Names the life of LIVE: a `seq` means something only within it. */
  epoch: string;
  serverTime: string;
  /** Seconds of feed time that pass in a real second; 1 unless a recording is played, 0 while that stands. */
  clockSpeed: number;
  /** What this client may see. */
  forces: Force[];
  themes: Theme[];
  basemap: Basemap;
  timeZone: string;
  /** Of the client that this server hands out; null where it hands out none. Another than a page's own is newer. */
  build: string | null;
}

export const Subscribe = Type.Object({
  type: Type.Literal('subscribe'),
  forces: Type.Array(Type.Enum([...FORCES, UNASSIGNED]), { maxItems: 44 }),
  themes: Type.Array(Type.Enum([...THEMES]), { minItems: 1, maxItems: THEMES.length }),
  horizonHours: Type.Enum([...HORIZONS]),
  resume: Type.Optional(
    Type.Object({ epoch: Type.String({ maxLength: 64 }), seq: Type.Integer({ minimum: 0 }) }),
  ),
});
/** Empty `forces` asks for all that one may see. */
export type Subscribe = Static<typeof Subscribe>;

/**
 * An incident as shown: where its place must stay vague, `cell` is coarse and the point its centre. Where nothing
 * finer than its day or month is known, `period` names that, and `occurredAt` is no more than its beginning.
 */
export type ShownIncident = Omit<StoredIncident, 'nativeCategory'> & {
  coarse: boolean;
  period: Period | null;
};
export type ShownSuperseded = Superseded & { period: Period | null };

/** Incidents that happened in a step of `COUNT_STEP_MS`; `step` is epoch milliseconds / `COUNT_STEP_MS`. */
export interface CellCounts {
  theme: Theme;
  cell: Cell;
  /** `[step, count, harm]`, ascending; harm in days (harm.ts), which servers older than that do not tell. */
  steps: [step: number, count: number, harm?: number][];
}

/**
 * Incidents of which only the day or month is known. They are counted here and in no step of time: of each force
 * the newest day and the newest month, while that is recent (`isRecentPeriod`).
 */
export interface PeriodCounts {
  theme: Theme;
  force: Force;
  /** In the time zone of `hello`. */
  period: Period;
  origins: Origin[];
  cells: [cell: Cell, count: number][];
}

export type HotspotRanking = Omit<HotspotsRanked, 'type' | 'coarse' | 'moved'>;

export interface Snapshot {
  type: 'snapshot';
  seq: number;
  serverTime: string;
  /** As the server read the subscription, after access rules. */
  forces: Force[];
  themes: Theme[];
  horizonHours: HorizonHours;
  /** The last 24 hours before `serverTime`. */
  counts: CellCounts[];
  periods: PeriodCounts[];
  hotspots: HotspotRanking[];
  /** Those that are open. */
  alerts: Alert[];
  feeds: FeedState[];
  /** Newest first, at most `SNAPSHOT_INCIDENTS`. */
  incidents: ShownIncident[];
  /** Which origins the incidents of the last 24 hours and of `periods` have. */
  origins: Origin[];
}

export interface ShownChange {
  incident: ShownIncident;
  superseded?: ShownSuperseded;
}

/** A change of a count, where a delta is too large to name each incident; negative where one was taken back. */
export interface CountChange {
  theme: Theme;
  cell: Cell;
  step: number;
  category: Category;
  change: number;
  /** Days by which the harm of that step changes. */
  harm?: number;
}

/** The same for an incident that counts in a day or month. */
export interface PeriodChange {
  theme: Theme;
  force: Force;
  cell: Cell;
  period: Period;
  category: Category;
  change: number;
}

export type Delta = { seq: number } & (
  | { type: 'incidents.stored'; at: string; force: Force; changes: ShownChange[] }
  | {
      type: 'incidents.stored';
      at: string;
      force: Force;
      counts: CountChange[];
      periods: PeriodChange[];
      origins: Origin[];
      /** `agency/feed/id` of the incidents among them that were corrected or cancelled: what a list says of them is past. */
      outdated?: string[];
    }
  | (HotspotRanking & { type: 'hotspots.ranked' })
  | ForecastsIssued
  | FeedsChanged
  | { type: 'alert.changed'; at: string; force: Force; alert: Alert }
  // Without a place: whoever may see it asks for it, and gets it as finely as they may.
  | { type: 'tasking.changed'; at: string; force: Force; id: string; version: number; state: TaskingState }
  | { type: 'action.changed'; at: string; force: Force; id: string; version: number; state: ActionState }
);

export interface Heartbeat {
  type: 'heartbeat';
  seq: number;
  serverTime: string;
  clockSpeed: number;
}

/** The client's fault: said before the socket is closed. */
export interface Refused {
  type: 'refused';
  reason: string;
}

export type ServerMessage = Hello | Snapshot | Delta | Heartbeat | Refused;
