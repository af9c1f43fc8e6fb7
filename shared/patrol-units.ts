/** Where a force's units were last: what an alert can be assigned to. */
import Type, { type Static } from 'typebox';

export const PatrolUnits = Type.Object({
  /** The latest first. */
  units: Type.Array(
    Type.Object({
      unit: Type.String(),
      at: Type.String(),
      /** A fine one. */
      cell: Type.String(),
    }),
  ),
});
export type PatrolUnits = Static<typeof PatrolUnits>;
export type PatrolUnit = PatrolUnits['units'][number];
