/** Replay over HTTP: what the room knew at a moment of the kept past, what it was told from there on, and how far the past goes. */
import Type, { type Static } from 'typebox';
import { AGENCIES } from './category.ts';
import { ALERT_PRIORITIES } from './alert.ts';
import { HORIZONS } from './forecast.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import type { Delta, Snapshot } from './messages.ts';

/** So many seconds of announcements may be merged into one delta. */
export const MAX_MERGE_SECONDS = 3_600;

/** `full`: to each announcement; `hourly`: of so long ago one picture an hour is kept, and nothing of what lies between. */
export type ReplayDetail = 'full' | 'hourly';

/** A place in LIVE; `stamp` is when that announcement was made (RFC 3339, by the clock the server runs on). */
export interface ReplayPosition {
  epoch: string;
  seq: number;
  stamp: string;
}

/** What a screen that was live at `at` had on it. */
export interface ReplayState extends ReplayPosition {
  /** The moment that was asked for; where a seq was, its stamp. The archive lags LIVE by up to a second: see `stamp`. */
  at: string;
  detail: ReplayDetail;
  /** When the picture changes next; null where nothing later is kept. */
  nextStamp: string | null;
  /** As `/live` would have sent it then; its `serverTime` is `at`. */
  snapshot: Snapshot;
}

/** A delta of then, as `/live` sent it, with the time at which it was announced. */
export interface ReplayFrame {
  stamp: string;
  delta: Delta;
}

/** A stretch of what was announced, in LIVE's order. */
export interface ReplayChunk {
  epoch: string;
  frames: ReplayFrame[];
  /** All up to here is in `frames`, as far as one may see it and asked for it; null where nothing of it is kept. */
  upTo: ReplayPosition | null;
  /**
   * Where to go on; null where all that is kept of what was asked for has been told. Another epoch than this one's, or
   * `anew`, says that LIVE or its archive began anew: the state there is to be asked for first.
   */
  next: { epoch: string; afterSeq: number; anew: boolean } | null;
}

const Instant = Type.String();
const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

/** How far replay goes back; all null where nothing is kept yet. */
export const ReplaySpan = Type.Object({
  from: orNull(Instant),
  to: orNull(Instant),
  /** From here on each announcement is kept, before it a picture an hour. */
  fullFrom: orNull(Instant),
  /** Stretches without a break, oldest first. */
  epochs: Type.Array(
    Type.Object({ epoch: Type.String(), from: Instant, to: Instant, afterSeq: Type.Integer() }),
  ),
});
export type ReplaySpan = Static<typeof ReplaySpan>;

/** What lies on the slider between two moments. */
export const Timeline = Type.Object({
  from: Instant,
  to: Instant,
  binMs: Type.Number(),
  /** New incidents by when they became known; null where nothing was kept of the bin, which is not the same as none. */
  incidents: Type.Array(orNull(Type.Integer({ minimum: 0 }))),
  /** By when they were raised; empty for those who may see none. */
  alerts: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Instant,
      priority: Type.Enum([...ALERT_PRIORITIES]),
      force: Type.Enum([...FORCES_AND_UNASSIGNED]),
      endedAt: orNull(Instant),
    }),
  ),
  /** When feeds were silent; `to` null: still, at the end. */
  outages: Type.Array(
    Type.Object({
      agency: Type.Enum([...AGENCIES]),
      feed: Type.String(),
      from: Instant,
      to: orNull(Instant),
    }),
  ),
  /** Forecasts issued in it. */
  issued: Type.Array(Type.Object({ at: Instant, horizonHours: Type.Enum([...HORIZONS]) })),
});
export type Timeline = Static<typeof Timeline>;
