/** The top of a colour scale: a round number that stays put while the data only waver. */

const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** The smallest round number (1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten) that is not below `value`. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = ROUND.find((round) => round * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(2));
}

/** Keeps `top` while `highest` lies between half of it and itself; without data it stays as it is. */
export function steadyTop(top: number | undefined, highest: number): number {
  if (!(highest > 0)) return top ?? 1;
  if (top !== undefined && highest <= top && highest >= top / 2) return top;
  return roundUp(highest);
}
