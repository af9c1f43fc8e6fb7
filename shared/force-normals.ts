/** What is usual, force by force, as the server answers it. */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import { DATA_STATES } from './national.ts';
import { AgainstNormal, NORMAL_HOURS } from './normal.ts';
import { THEMES } from './theme.ts';

export const ForceNormal = Type.Object({
  force: Type.Enum([...FORCES_AND_UNASSIGNED]),
  /** As in the national roll-up: where it is not `live`, what came may not all have been told. */
  data: Type.Enum([...DATA_STATES]),
  ...AgainstNormal.properties,
});
export type ForceNormal = Static<typeof ForceNormal>;

export const Normals = Type.Object({
  /** The window's end. */
  at: Type.String(),
  theme: Type.Enum([...THEMES]),
  hours: Type.Enum([...NORMAL_HOURS]),
  forces: Type.Array(ForceNormal),
  /** Of all these forces together, as one area. */
  total: AgainstNormal,
});
export type Normals = Static<typeof Normals>;
