/** What stages announce to each other on LIVE: written by one, read by all, in one order. */
import type { Alert } from './alert-state.ts';
import type { Agency, Category, Marker } from './category.ts';
import type { Cell } from './cell.ts';
import type { FeedState } from './feed.ts';
import type { ForecastWindow, HorizonHours } from './forecast.ts';
import type { Force } from './force.ts';
import type { Hotspot } from './hotspot.ts';
import type { DISCOVERIES, Origin, STATUSES, TimePrecision } from './incident.ts';
import type { PartnerAction } from './partner-action.ts';
import type { Tasking } from './tasking.ts';
import type { Theme } from './theme.ts';

/** An incident as stored: located, with defaults filled in, and without its summary. */
export interface StoredIncident {
  agency: Agency;
  feed: string;
  id: string;
  revision: number;
  status: (typeof STATUSES)[number];
  origin: Origin;
  occurredAt: string;
  occurredUntil: string | null;
  timePrecision: TimePrecision;
  receivedAt: string;
  lat: number;
  lon: number;
  cell: Cell;
  category: Category;
  markers: Marker[];
  nativeCategory: string | null;
  severity: number;
  force: Force;
  discovery: (typeof DISCOVERIES)[number];
}

/** What counted before a correction, and must be taken back when the new revision is counted. */
export type Superseded = Pick<
  StoredIncident,
  | 'revision'
  | 'status'
  | 'occurredAt'
  | 'timePrecision'
  | 'cell'
  | 'category'
  | 'markers'
  | 'force'
  | 'discovery'
>;

export interface IncidentChange {
  incident: StoredIncident;
  superseded?: Superseded;
}

/** One batch may be split into parts; `(batch, part)` is its identity, so a repeat can be known. */
export interface IncidentsStored {
  type: 'incidents.stored';
  at: string;
  force: Force;
  batch: number;
  part: number;
  changes: IncidentChange[];
}

export interface HotspotsRanked {
  type: 'hotspots.ranked';
  at: string;
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  window: ForecastWindow;
  /** Null where there is no forecast; `unavailable` then says why. */
  modelId: string | null;
  unavailable: string | null;
  /** What is to be known of the forecast although it is shown: that it drifts, and how. */
  notice?: string;
  /** Only where no hour of any incident is known: the window has its even share, and `observed` says nothing. */
  hoursUnknown?: true;
  /** Cells that the ranking chose from. */
  areaCells: number;
  hotspots: Hotspot[];
  /** The same at the coarse resolution, for those who may not see the theme's fine cells. */
  coarse: { areaCells: number; hotspots: Hotspot[] };
  /** Cells whose expectation moved by more than 5 % since it was last announced. */
  moved: [cell: Cell, expected: number][];
}

export interface ForecastsIssued {
  type: 'forecasts.issued';
  at: string;
  id: number;
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  window: ForecastWindow;
  modelId: string;
  cells: number;
}

export interface FeedsChanged {
  type: 'feeds.changed';
  at: string;
  feed: FeedState;
}

/** An alert as it stands from now on. */
export interface AlertChanged {
  type: 'alert.changed';
  at: string;
  force: Force;
  alert: Alert;
  /** Whether its fine cells would tell of what only the cleared may place. */
  sensitive: boolean;
}

/** A tasking as it stands from now on; what was delivered is kept once it has ended. */
export interface TaskingChanged {
  type: 'tasking.changed';
  at: string;
  force: Force;
  tasking: Omit<Tasking, 'coarse' | 'delivered'>;
}

/** A partner's action as it stands from now on. */
export interface ActionChanged {
  type: 'action.changed';
  at: string;
  force: Force;
  action: Omit<PartnerAction, 'coarse' | 'place' | 'overdue'>;
}

export type Announcement =
  | IncidentsStored
  | HotspotsRanked
  | ForecastsIssued
  | FeedsChanged
  | AlertChanged
  | TaskingChanged
  | ActionChanged;
