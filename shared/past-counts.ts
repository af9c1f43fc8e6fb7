/** Counts of the past over HTTP: per cell and hour, for what a screen shows of days that LIVE no longer knows. */
import Type, { type Static } from 'typebox';
import { THEMES } from './theme.ts';

/** A week, and the hours that are there twice while the newest are still told by LIVE. */
export const MOST_COUNTED_HOURS = 8 * 24;

export const PastCounts = Type.Object({
  theme: Type.Enum([...THEMES]),
  /** Whole hours; what happened at `to` or later is not counted. */
  from: Type.String(),
  to: Type.String(),
  cells: Type.Array(
    Type.Object({
      cell: Type.String(),
      /** `[hour, count, harm]`, ascending; `hour` is epoch milliseconds / 3,600,000, harm in days (harm.ts). */
      hours: Type.Array(Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()])),
    }),
  ),
});
export type PastCounts = Static<typeof PastCounts>;
