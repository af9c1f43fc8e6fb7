/** A force's neighbourhood, and the officer whom the force names for it. */
import Type, { type Static } from 'typebox';
import { FORCES } from './force.ts';

const Null = Type.Null();

/** As the force publishes it. */
export const NamedOfficer = Type.Object({
  name: Type.String(),
  /** Rank or role. */
  role: Type.Union([Type.String(), Null]),
  /** How to reach the team: an address, a telephone number, a page. */
  contact: Type.Union([Type.String(), Null]),
});
export type NamedOfficer = Static<typeof NamedOfficer>;

export const Neighbourhood = Type.Object({
  force: Type.Enum([...FORCES]),
  id: Type.String(),
  name: Type.String(),
  officer: Type.Union([NamedOfficer, Null]),
});
export type Neighbourhood = Static<typeof Neighbourhood>;

export const Neighbourhoods = Type.Object({
  cell: Type.String(),
  /** That with the largest part of the hexagon first; `share` is that part, roughly. */
  neighbourhoods: Type.Array(Type.Object({ ...Neighbourhood.properties, share: Type.Number() })),
});
export type Neighbourhoods = Static<typeof Neighbourhoods>;
