/** Hotspots tasked to units with a dose of patrol: the words, the limits, and what is told of each. */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';
import { typedText } from './typed-text.ts';

/**
 * Minutes of one visit. Deterrence after a patrol has left grows with the length of the visit up to about a quarter of
 * an hour and not beyond; best returned to at irregular times about every two hours (Koper 1995, "Just enough police
 * presence", Justice Quarterly 12(4); Telep, Mitchell and Weisburd 2014 tested it in Sacramento).
 */
export const DOSE_MINUTES = { least: 10, usual: 15, most: 16 } as const;
export const DOSE_EVERY_MINUTES = { least: 60, usual: 120, most: 480 } as const;

export const TASKING_STATES = ['tasked', 'accepted', 'completed', 'cancelled'] as const;
export type TaskingState = (typeof TASKING_STATES)[number];

/** `unknown`: nobody of the force tells where units are, so that no minutes are not none. */
export const DOSE_STATES = ['due', 'under-way', 'delivered', 'over-dosed', 'unknown'] as const;
export type DoseState = (typeof DOSE_STATES)[number];

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

/** Minutes of any unit: the place is what is dosed. */
export const Delivered = Type.Object({
  state: Type.Enum([...DOSE_STATES]),
  /** Since the present window began, which lasts from the first minute of a visit until it is due again. */
  minutes: orNull(Type.Number()),
  required: Type.Integer(),
  /** Since it was tasked, within the day for which pings are kept; of an ended tasking until its end. */
  totalMinutes: orNull(Type.Number()),
  /** The end of the last visit. */
  lastVisitAt: orNull(Type.String()),
  /** When the next visit is due; in the past where it is overdue. */
  dueAt: orNull(Type.String()),
});
export type Delivered = Static<typeof Delivered>;

export const Tasking = Type.Object({
  id: Type.String(),
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  /** Rises with each step: what `expectedVersion` is held against. */
  version: Type.Integer({ minimum: 1 }),
  state: Type.Enum([...TASKING_STATES]),
  cell: Type.String(),
  /** Whether the cell is coarse, because the reader may know no finer. */
  coarse: Type.Boolean(),
  theme: Type.Enum([...THEMES]),
  unit: Type.String(),
  doseMinutes: Type.Integer(),
  everyMinutes: Type.Integer(),
  taskedAt: Type.String(),
  changedAt: Type.String(),
  /** The account that tasked it. */
  taskedBy: Type.String(),
  /** Why it is tasked although it is held out; null where it is not. */
  holdOutReason: orNull(Type.String()),
  delivered: Delivered,
});
export type Tasking = Static<typeof Tasking>;

/** A hotspot that is left without extra patrol, so that patrols can be measured. */
export const HeldOutCell = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  theme: Type.Enum([...THEMES]),
  cell: Type.String(),
  until: Type.String(),
});
export type HeldOutCell = Static<typeof HeldOutCell>;

export const Taskings = Type.Object({ taskings: Type.Array(Tasking), heldOut: Type.Array(HeldOutCell) });
export type Taskings = Static<typeof Taskings>;

const closed = { additionalProperties: false };

export const NewTasking = Type.Object(
  {
    force: Type.Enum([...FORCES_AND_UNASSIGNED]),
    cell: Type.String({ maxLength: 16 }),
    theme: Type.Optional(Type.Enum([...THEMES])),
    unit: Type.String({ pattern: '^[A-Za-z0-9:._-]{1,64}$' }),
    doseMinutes: Type.Optional(
      Type.Integer({ minimum: DOSE_MINUTES.least, maximum: DOSE_MINUTES.most, default: DOSE_MINUTES.usual }),
    ),
    everyMinutes: Type.Optional(
      Type.Integer({
        minimum: DOSE_EVERY_MINUTES.least,
        maximum: DOSE_EVERY_MINUTES.most,
        default: DOSE_EVERY_MINUTES.usual,
      }),
    ),
    /** Needed where the hotspot is held out. */
    holdOutReason: Type.Optional(typedText(300)),
  },
  closed,
);
export type NewTasking = Static<typeof NewTasking>;

const expectedVersion = Type.Integer({ minimum: 1 });
/** The bodies of `POST /api/taskings/:id/…`, by act. */
export const TASKING_BODIES = {
  accept: Type.Object({ expectedVersion }, closed),
  complete: Type.Object({ expectedVersion, note: Type.Optional(typedText(500)) }, closed),
  cancel: Type.Object({ expectedVersion, reason: typedText(300) }, closed),
} as const;
export type TaskingAct = keyof typeof TASKING_BODIES;
export const TASKING_ACTS = Object.keys(TASKING_BODIES) as TaskingAct[];

export function isOpenTasking({ state }: { state: TaskingState }): boolean {
  return state === 'tasked' || state === 'accepted';
}
