/** What there is to know of one hexagon: what happened in a window, what is expected, who was there. */
import type { Agency, Category } from './category.ts';
import type { Cell } from './cell.ts';
import type { ForecastWindow, HorizonHours } from './forecast.ts';
import type { Force } from './force.ts';
import type { NaiveMap } from './explanation.ts';
import type { Spread } from './hotspot.ts';
import type { DataState } from './national.ts';
import type { Theme } from './theme.ts';

/** The longest window that is counted. */
export const MOST_DETAIL_HOURS = 168;

export interface CellCountsDetail {
  from: string;
  to: string;
  /** Incidents that count and whose hour is known. */
  total: number;
  /** Those with any, the most frequent first. */
  byCategory: { category: Category; count: number }[];
  /** One for each hour of the window, the oldest first; `from` is the hour's beginning. */
  byHour: { from: string; count: number }[];
  /** Incidents of the days and months that the window touches, of which nobody knows the hour. */
  untimed: number;
  /** Taken back since: they count nowhere. */
  cancelled: number;
  /** Domestic and sexual incidents are left out here, and told of in the coarse hexagon only. */
  withoutSensitive: boolean;
}

interface Asked {
  theme: Theme;
  horizonHours: HorizonHours;
  /** The hexagon that it is of: the coarse one around, where the theme may not be told of finely. */
  cell: Cell;
  coarse: boolean;
}

export type CellForecast = Asked &
  (
    | ({
        unavailable: null;
        /** When the forecast is from. */
        at: string;
        window: ForecastWindow;
        modelId: string;
        expected: number;
        rank: number;
        areaCells: number;
        /** Last year's counts; null for an issued forecast that was no hotspot: then it was not kept. */
        naiveMap: NaiveMap | null;
      } & Spread)
    /** Why there is none. */
    | { unavailable: string }
  );

/** Minutes that units were in the hexagon, in the counts' window. */
export interface CellPatrol {
  minutes: number;
  byHour: { from: string; minutes: number }[];
}

export interface CellNeighbourhood {
  name: string;
  /** Its named officer, as the force publishes it; null where none is known. */
  officer: { name: string; rank: string | null } | null;
}

/** A feed that tells of this place and does not speak: until when what it told can be relied on. */
export interface MutedFeed {
  agency: Agency;
  feed: string;
  condition: 'late' | 'silent';
  knownUntil: string;
}

export interface CellDetail {
  cell: Cell;
  coarse: boolean;
  /** The coarse hexagon around it; itself where it is one. */
  around: Cell;
  at: string;
  /** Whose forecast it is; null where the reader may see of no force that tells of it. */
  force: Force | null;
  counts: CellCountsDetail;
  /** By theme, then horizon. */
  forecasts: CellForecast[];
  /** What the counts are worth: `none` where no feed has ever told of the force; null of a past moment. */
  data: DataState | null;
  muted: MutedFeed[];
  /** Null where nobody counts them. */
  patrol: CellPatrol | null;
  /** Null where it is not known. */
  neighbourhood: CellNeighbourhood | null;
}
