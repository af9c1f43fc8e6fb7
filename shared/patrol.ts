/** A patrol's ping: where a unit is, not who is in it. */
import Type, { type Static } from 'typebox';
import { Instant } from './incident.ts';

/** Unknown fields are refused: a ping is of a unit, by its call sign, and carries nothing about its crew. */
export const PatrolPing = Type.Object(
  {
    unit: Type.String({ pattern: '^[A-Za-z0-9:._-]{1,64}$' }),
    at: Instant,
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
  },
  { additionalProperties: false },
);
export type PatrolPing = Static<typeof PatrolPing>;
