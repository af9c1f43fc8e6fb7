/** Minutes that patrols gave to cells, hour by hour. */
import Type, { type Static } from 'typebox';

export const PatrolMinutes = Type.Object({
  /** Whole hours of UTC: the first one's beginning, and the last one's end. */
  from: Type.String(),
  to: Type.String(),
  cells: Type.Array(
    Type.Object({
      cell: Type.String(),
      /** Whether it is one of the coarse hexagons. */
      coarse: Type.Boolean(),
      minutes: Type.Number(),
      hours: Type.Array(Type.Object({ from: Type.String(), minutes: Type.Number() })),
    }),
  ),
  /** Whether any unit of these forces told where it was within the last day: without, no minutes means not known. */
  known: Type.Boolean(),
});
export type PatrolMinutes = Static<typeof PatrolMinutes>;
