/** One alert as all see it: what was found, and how far the people who handle it have come. */
import Type, { type Static } from 'typebox';
import { ALERT_KINDS, ALERT_PRIORITIES, EMERGING_CLASSES } from './alert.ts';
import { ALERT_STATES, DISMISSALS, OUTCOMES } from './alert-step.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** What was found. Counts are of incidents; times RFC 3339. */
export const AlertFinding = Type.Object({
  kind: Type.Enum([...ALERT_KINDS]),
  /** Of an emerging hotspot; null for the other kinds. */
  class: orNull(Type.Enum([...EMERGING_CLASSES])),
  /** Since when it is of that class, else since when it holds. */
  since: Type.String(),
  theme: Type.Enum([...THEMES]),
  /** Whose incidents were found there: fine cells, or coarse ones where `coarse` says so. */
  cells: Type.Array(Type.String()),
  window: Type.Object({ from: Type.String(), to: Type.String() }),
  observed: Count,
  /** By the forecast issued before the window; null where none was, or the kind needs none. */
  expected: orNull(Type.Number()),
  likelihoodRatio: orNull(Type.Number()),
  /** Chance alone gives as much, anywhere in the force, once in so many days. */
  onceInDays: orNull(Type.Number()),
  nearRepeat: orNull(
    Type.Object({
      distanceMetres: Type.Number(),
      days: Type.Number(),
      /** How many times the usual risk, with its 95 % interval. */
      rise: Type.Number(),
      riseInterval: Type.Tuple([Type.Number(), Type.Number()]),
    }),
  ),
  rule: orNull(Type.Object({ id: Type.Integer(), name: Type.String() })),
  /**
   * Whether what was found holds no longer: the alert stays open until somebody decides. Null where nobody knows, as a feed
   * that tells of the place has gone silent: that no more is told does not mean that no more happens.
   */
  over: orNull(Type.Boolean()),
});
export type AlertFinding = Static<typeof AlertFinding>;

export const Alert = Type.Object({
  id: Type.String(),
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  /** Rises with each step that somebody takes: what `expectedVersion` is held against. */
  version: Type.Integer({ minimum: 1 }),
  /** Rises with each change, those of what was found too: the higher one is the later. */
  revision: Type.Integer({ minimum: 1 }),
  priority: Type.Enum([...ALERT_PRIORITIES]),
  state: Type.Enum([...ALERT_STATES]),
  finding: AlertFinding,
  /** Whether the cells are coarse, because the reader may know no finer. */
  coarse: Type.Boolean(),
  raisedAt: Type.String(),
  changedAt: Type.String(),
  /** When it was passed on because nobody took it in time, or because somebody asked. */
  escalatedAt: orNull(Type.String()),
  shelvedUntil: orNull(Type.String()),
  /** In a flood those of lower priority are held back: counted, not called. */
  heldBack: Type.Boolean(),
  /** Of the alert that it touches and is handled with. */
  parent: orNull(Type.String()),
  /** The account that took it. */
  holder: orNull(Type.String()),
  unit: orNull(Type.String()),
  outcome: orNull(Type.Enum([...OUTCOMES])),
  dismissal: orNull(Type.Enum([...DISMISSALS])),
});
export type Alert = Static<typeof Alert>;

/** Whether nobody has decided yet how it ends. */
export function isOpen({ state }: Pick<Alert, 'state'>): boolean {
  return state !== 'resolved' && state !== 'dismissed';
}
