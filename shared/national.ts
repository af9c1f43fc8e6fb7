/** The national roll-up: each force's counts and hotspots, and whether anything is known of it at all. */
import Type, { type Static } from 'typebox';
import { HORIZONS } from './forecast.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { AgainstNormal } from './normal.ts';
import { THEMES } from './theme.ts';

const Null = Type.Null();
const Count = Type.Integer({ minimum: 0 });

/** Incidents that happened within so long before `at`. */
export const TrailingCounts = Type.Object({ lastHour: Count, last8Hours: Count, last24Hours: Count });
export type TrailingCounts = Static<typeof TrailingCounts>;

/** What was reported in the same windows, beside what is usual at these hours of the week. */
export const TrailingNormals = Type.Object({
  lastHour: AgainstNormal,
  last8Hours: AgainstNormal,
  last24Hours: AgainstNormal,
});
export type TrailingNormals = Static<typeof TrailingNormals>;

/**
 * `none`: no feed tells of this force, so nothing is known, which is not the same as nothing happened; `silent`:
 * none of those that told of it speaks any more; `late`: what they tell is old; `live`: at least one speaks.
 */
export const DATA_STATES = ['live', 'late', 'silent', 'none'] as const;
export type DataState = (typeof DATA_STATES)[number];

export const NationalForecast = Type.Object({
  /** When it was ranked. */
  at: Type.String(),
  ageSeconds: Type.Integer(),
  /** Why there is none, where there is none. */
  unavailable: Type.Union([Type.String(), Null]),
  /** Null where there is none. */
  hotspots: Type.Union([Count, Null]),
  /** Expected incidents in the highest hotspot; null where there is no hotspot. */
  highestExpected: Type.Union([Type.Number(), Null]),
});
export type NationalForecast = Static<typeof NationalForecast>;

export const NationalRow = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  data: Type.Enum([...DATA_STATES]),
  /** How many feeds that tell of this force are in each condition. */
  feeds: Type.Object({ live: Count, late: Count, silent: Count }),
  /** Null where `data` is `none`, and where no feed of the force knows more than the day or month. */
  counts: Type.Union([TrailingCounts, Null]),
  /** Null where `counts` is. */
  normals: Type.Union([TrailingNormals, Null]),
  /** Null where nothing was ranked for this force yet. */
  forecast: Type.Union([NationalForecast, Null]),
});
export type NationalRow = Static<typeof NationalRow>;

export const National = Type.Object({
  at: Type.String(),
  theme: Type.Enum([...THEMES]),
  horizonHours: Type.Enum([...HORIZONS]),
  /** All that the reader may see, whether anything is known of them or not. */
  forces: Type.Array(NationalRow),
  total: Type.Object({
    /** How many forces are in each state; what lies outside every area is no force. */
    forces: Type.Object({ live: Count, late: Count, silent: Count, none: Count }),
    /** Of all of which something is known; null where nothing is of any. */
    counts: Type.Union([TrailingCounts, Null]),
    normals: Type.Union([TrailingNormals, Null]),
    hotspots: Type.Union([Count, Null]),
    highestExpected: Type.Union([Type.Number(), Null]),
  }),
});
export type National = Static<typeof National>;
