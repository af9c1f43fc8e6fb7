/** How far apart the rings around the centre stand. */

const STEPS_KILOMETRES = [0.5, 1, 2, 5, 10, 20, 50, 100] as const;

/** The distance between rings, in kilometres, that puts about three of them into so many kilometres. */
export function ringStep(kilometres: number): number {
  return STEPS_KILOMETRES.find((step) => step >= kilometres / 3.2) ?? 100;
}
