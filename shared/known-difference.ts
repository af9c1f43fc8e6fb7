/** What is known now of a past window and was not known then: what came late, was corrected, was cancelled. */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import type { ShownIncident } from './messages.ts';
import { THEMES } from './theme.ts';

/** What a correction changed, as far as the reader is shown it. */
export const CORRECTED_PARTS = [
  'place',
  'time',
  'category',
  'markers',
  'severity',
  'force',
  'status',
  'other',
] as const;
export type CorrectedPart = (typeof CORRECTED_PARTS)[number];

export const DIFFERENCE_HOURS = [1, 8, 24] as const;

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
/** As in the frames of `/live`. */
const Incident = Type.Unsafe<ShownIncident>(Type.Object({}, { additionalProperties: true }));

export const KnownDifference = Type.Object({
  from: Type.String(),
  /** The moment looked back from: the window's end. */
  at: Type.String(),
  /** Up to when it is told what became known later. */
  knownAt: Type.String(),
  theme: Type.Enum([...THEMES]),
  forces: Type.Array(Type.Enum([...FORCES_AND_UNASSIGNED])),
  /** Incidents of the window that counted then (null where too many have changed since to say), and that count now. */
  then: orNull(Count),
  now: Count,
  /** Of all that changed, also where not all of it is listed. */
  counts: Type.Object({ late: Count, corrected: Count, cancelled: Count }),
  /** Happened in the window, and were told of after it. `delaySeconds`: so long after they happened; null where their time is not known so finely. */
  late: Type.Array(Type.Object({ incident: Incident, delaySeconds: orNull(Type.Integer()) })),
  corrected: Type.Array(
    Type.Object({
      before: Incident,
      after: Incident,
      correctedAt: Type.String(),
      changed: Type.Array(Type.Enum([...CORRECTED_PARTS])),
    }),
  ),
  /** As they were known then. */
  cancelled: Type.Array(Type.Object({ incident: Incident, cancelledAt: Type.String() })),
  /** Whether there is more than is listed. */
  more: Type.Boolean(),
});
export type KnownDifference = Static<typeof KnownDifference>;
