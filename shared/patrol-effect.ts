/** Hold-outs, and what patrols changed: incidents against the expected where hotspots were patrolled and where they were not. */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

/** One hotspot of so many is held out. */
export const ONE_IN = { least: 2, usual: 4, most: 5 } as const;
export const HOLD_OUT_DAYS = { least: 7, usual: 28, most: 182 } as const;

export const NewHoldOut = Type.Object(
  {
    force: Type.Enum([...FORCES_AND_UNASSIGNED]),
    theme: Type.Optional(Type.Enum([...THEMES])),
    days: Type.Optional(Type.Integer({ minimum: HOLD_OUT_DAYS.least, maximum: HOLD_OUT_DAYS.most })),
    oneIn: Type.Optional(Type.Integer({ minimum: ONE_IN.least, maximum: ONE_IN.most })),
    seed: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
  },
  { additionalProperties: false },
);

export const HoldOutSummary = Type.Object({
  id: Type.String(),
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  theme: Type.Enum([...THEMES]),
  from: Type.String(),
  to: Type.String(),
  seed: Type.Integer(),
  oneIn: Type.Integer(),
  drawnBy: Type.String(),
});
export type HoldOutSummary = Static<typeof HoldOutSummary>;

export const HoldOutDetail = Type.Object({
  holdOut: HoldOutSummary,
  cells: Type.Array(
    Type.Object({
      cell: Type.String(),
      /** 0 is that with the highest expectations. */
      stratum: Type.Integer(),
      expectedPerDay: Type.Number(),
      heldOut: Type.Boolean(),
    }),
  ),
});
export type HoldOutDetail = Static<typeof HoldOutDetail>;

const Arm = Type.Object({
  hotspots: Type.Integer(),
  /** By the forecast from before the draw, over the days that are known. */
  expected: Type.Number(),
  observed: Type.Integer(),
  ratio: orNull(Type.Number()),
  /** Of patrol, per hotspot and day; null where no unit told where it was. */
  minutesPerDay: orNull(Type.Number()),
});

export const EFFECT_UNKNOWN = ['no-days-yet', 'too-few-hotspots', 'too-few-incidents'] as const;

export const PatrolEffect = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  /** Null where none has been drawn. */
  effect: orNull(
    Type.Object({
      holdOut: HoldOutSummary,
      /** Whole days so far; those on which nobody reported anything are left out on both sides. */
      days: Type.Object({ known: Type.Integer(), unknown: Type.Integer() }),
      treated: Arm,
      heldOut: Arm,
      estimate: orNull(
        Type.Object({
          /** Of patrolled over held-out hotspots, each observed over expected: below 1, patrols had fewer incidents. */
          ratio: Type.Number(),
          interval95: Type.Tuple([Type.Number(), Type.Number()]),
          /** Of a ratio as far from 1 by the draw alone. */
          chance: Type.Number(),
        }),
      ),
      unknown: orNull(Type.Enum([...EFFECT_UNKNOWN])),
    }),
  ),
});
export type PatrolEffect = Static<typeof PatrolEffect>;
