/** Normals: how many incidents are usual at the same hours of the week, and how far that varies. */
import Type, { type Static } from 'typebox';

/** Trailing windows that have a normal. */
export const NORMAL_HOURS = [1, 8, 24, 168] as const;
export type NormalHours = (typeof NORMAL_HOURS)[number];

/**
 * Why nothing is said: `no-data`: nothing timed was ever told of there; `history-too-short`: fewer than four of the last 52
 * weeks told of these hours, or none of the last eight; `clock-too-fast`: a recording runs ahead of what could be counted;
 * `not-counted`: the server has just started and still counts the last year.
 */
export const NO_NORMAL_REASONS = ['no-data', 'history-too-short', 'clock-too-fast', 'not-counted'] as const;
export type NoNormalReason = (typeof NO_NORMAL_REASONS)[number];

const Null = Type.Null();

export const Normal = Type.Object({
  /** Reported incidents that are usual: what officers found is in no normal. */
  expected: Type.Number(),
  /** The 10 % and 90 % quantiles: four windows of five lie between them. */
  lower: Type.Integer(),
  upper: Type.Integer(),
  /** The 2.5 % and 97.5 % quantiles. */
  lower95: Type.Integer(),
  upper95: Type.Integer(),
  /** How many of the last 52 weeks it rests on. */
  weeks: Type.Integer(),
});
export type Normal = Static<typeof Normal>;

/** What came beside what is usual. */
export const AgainstNormal = Type.Object({
  /** Reported incidents in the window, as known now; null where no feed tells of the force. */
  reported: Type.Union([Type.Integer(), Null]),
  normal: Type.Union([Normal, Null]),
  /** Why there is no normal; null where there is one. */
  reason: Type.Union([Type.Enum([...NO_NORMAL_REASONS]), Null]),
});
export type AgainstNormal = Static<typeof AgainstNormal>;
