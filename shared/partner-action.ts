/** Actions that partners take on where a hotspot or an alert is: the words, the steps, and what is told of each. */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';
import { typedText } from './typed-text.ts';

export const PARTNER_AGENCIES = ['council', 'health', 'social-care', 'community'] as const;
export type PartnerAgency = (typeof PARTNER_AGENCIES)[number];

export const ACTION_KINDS = [
  'lighting',
  'outreach',
  'licensing-visit',
  'cctv',
  'clean-up',
  'youth-work',
  'securing-premises',
  'street-design',
  'other',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const ACTION_STATES = ['given', 'accepted', 'under-way', 'done', 'declined', 'withdrawn'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

export const ACTION_OUTCOMES = ['carried-out', 'partly-carried-out', 'not-carried-out'] as const;
export type ActionOutcome = (typeof ACTION_OUTCOMES)[number];

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

/** Of an organisation: never a person. */
const Organisation = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' });
const DueOn = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

export const PartnerAction = Type.Object({
  id: Type.String(),
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  /** Rises with each step: what `expectedVersion` is held against. */
  version: Type.Integer({ minimum: 1 }),
  state: Type.Enum([...ACTION_STATES]),
  kind: Type.Enum([...ACTION_KINDS]),
  owner: Type.Object({ agency: Type.Enum([...PARTNER_AGENCIES]), organisation: Type.String() }),
  theme: Type.Enum([...THEMES]),
  cell: Type.String(),
  /** Whether the cell is coarse, because the reader may know no finer. */
  coarse: Type.Boolean(),
  /** The coarse hexagon in which it is listed. */
  place: Type.String(),
  source: Type.Enum(['hotspot', 'alert']),
  /** Null where it was no alert, and for partners. */
  alert: orNull(Type.String()),
  /** What is asked for. */
  wanted: orNull(Type.String()),
  /** A day: 2026-03-31. */
  dueOn: Type.String(),
  /** Whether that day has passed without an end. */
  overdue: Type.Boolean(),
  givenAt: Type.String(),
  changedAt: Type.String(),
  doneAt: orNull(Type.String()),
  outcome: orNull(Type.Enum([...ACTION_OUTCOMES])),
  /** What was last reported. */
  report: orNull(Type.String()),
});
export type PartnerAction = Static<typeof PartnerAction>;

const closed = { additionalProperties: false };

export const NewPartnerAction = Type.Object(
  {
    /** Of a hotspot both are needed; an alert has them itself. */
    force: Type.Optional(Type.Enum([...FORCES_AND_UNASSIGNED])),
    cell: Type.Optional(Type.String({ maxLength: 16 })),
    alert: Type.Optional(Type.String({ maxLength: 40 })),
    theme: Type.Optional(Type.Enum([...THEMES])),
    kind: Type.Enum([...ACTION_KINDS]),
    owner: Type.Object({ agency: Type.Enum([...PARTNER_AGENCIES]), organisation: Organisation }, closed),
    dueOn: DueOn,
    wanted: Type.Optional(typedText(300)),
  },
  closed,
);
export type NewPartnerAction = Static<typeof NewPartnerAction>;

const expectedVersion = Type.Integer({ minimum: 1 });
/** The bodies of `POST /api/actions/:id/…`, by act. */
export const ACTION_BODIES = {
  accept: Type.Object({ expectedVersion }, closed),
  progress: Type.Object({ expectedVersion, report: typedText(500) }, closed),
  complete: Type.Object(
    { expectedVersion, outcome: Type.Enum([...ACTION_OUTCOMES]), report: Type.Optional(typedText(500)) },
    closed,
  ),
  decline: Type.Object({ expectedVersion, report: typedText(500) }, closed),
  withdraw: Type.Object({ expectedVersion, report: typedText(500) }, closed),
} as const;
export type PartnerAct = keyof typeof ACTION_BODIES;
export const PARTNER_ACTS = Object.keys(ACTION_BODIES) as PartnerAct[];

/** Whether something can still come of it. */
export function isOpenAction({ state }: { state: ActionState }): boolean {
  return state === 'given' || state === 'accepted' || state === 'under-way';
}

/** Incidents against the expected in a span of whole weeks. */
const Sum = Type.Object({
  weeks: Type.Integer(),
  observed: Type.Integer(),
  expected: Type.Number(),
  ratio: orNull(Type.Number()),
  /** Of the ratio, by the spread of counts alone. */
  interval95: orNull(Type.Tuple([Type.Number(), Type.Number()])),
});

/** `null` in a week: not known, as no forecast was issued or nobody reported on one of its days. */
export const PlaceWeek = Type.Object({
  from: Type.String(),
  to: Type.String(),
  phase: Type.Enum(['before', 'after']),
  observed: orNull(Type.Integer()),
  expected: orNull(Type.Number()),
  /** Four weeks of five bring a count between. */
  lower: orNull(Type.Integer()),
  upper: orNull(Type.Integer()),
});
export type PlaceWeek = Static<typeof PlaceWeek>;

export const TriedAtPlace = Type.Object({
  action: PartnerAction,
  weeks: Type.Array(PlaceWeek),
  /** Over the weeks of which both are known; null where none is. */
  before: orNull(Sum),
  after: orNull(Sum),
});
export type TriedAtPlace = Static<typeof TriedAtPlace>;

export const ActionPlaces = Type.Object({
  places: Type.Array(
    Type.Object({
      /** A coarse hexagon. */
      cell: Type.String(),
      force: Type.Enum([...FORCES_AND_UNASSIGNED]),
      tried: Type.Array(TriedAtPlace),
    }),
  ),
});
export type ActionPlaces = Static<typeof ActionPlaces>;
