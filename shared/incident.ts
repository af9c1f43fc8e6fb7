/** The incident as feeds send it: the schema that every message must meet. */
import Type, { type Static } from 'typebox';
import { CATEGORIES, MARKERS } from './category.ts';
import { FORCES } from './force.ts';

export const STATUSES = ['open', 'closed', 'cancelled'] as const;
export const ORIGINS = ['live', 'recorded', 'simulated'] as const;
export type Origin = (typeof ORIGINS)[number];
export const TIME_PRECISIONS = ['minute', 'hour', 'day', 'month'] as const;
export type TimePrecision = (typeof TIME_PRECISIONS)[number];
export const DISCOVERIES = ['reported', 'officer', 'sensor'] as const;

/** RFC 3339 with zone; the pattern is coarse, `parseInstant` decides. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}[Tt ].+([Zz]|[+-]\\d{2}:\\d{2})$',
  maxLength: 40,
});

/** PostgreSQL's text cannot hold the character NUL, nor its JSON half of a surrogate pair. */
const STORABLE = '^(?:[^\\u0000\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])*$';
const Text = (maxLength: number): Type.TString => Type.String({ maxLength, pattern: STORABLE });

/** Unknown fields are refused, so that nothing about a person slips in. */
export const IncidentMessage = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9:._-]{1,128}$' }),
    revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
    status: Type.Optional(Type.Enum([...STATUSES])),
    origin: Type.Optional(Type.Enum([...ORIGINS])),
    occurredAt: Instant,
    occurredUntil: Type.Optional(Instant),
    timePrecision: Type.Optional(Type.Enum([...TIME_PRECISIONS])),
    reportedAt: Type.Optional(Instant),
    location: Type.Object(
      {
        lat: Type.Number({ minimum: -90, maximum: 90 }),
        lon: Type.Number({ minimum: -180, maximum: 180 }),
        precisionMetres: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 })),
      },
      { additionalProperties: false },
    ),
    category: Type.Enum([...CATEGORIES]),
    markers: Type.Optional(Type.Array(Type.Enum([...MARKERS]), { uniqueItems: true })),
    nativeCategory: Type.Optional(Text(80)),
    severity: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    force: Type.Optional(Type.Enum([...FORCES])),
    discovery: Type.Optional(Type.Enum([...DISCOVERIES])),
    summary: Type.Optional(Text(280)),
  },
  { additionalProperties: false },
);
export type IncidentMessage = Static<typeof IncidentMessage>;
