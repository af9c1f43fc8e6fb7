/** Whether a candidate is no worse than the present model, so that it may take its place. */
import type { Calibration, Comparison, ThemeComparison } from './compare-models.ts';

/** Nats per incident: less is no difference that anybody would notice in the ranking. */
export const GAIN_MARGIN = 0.005;
/** How much farther off the level (as a ratio) and the coverage may be than the present's. */
const LEVEL_MARGIN = 0.05;
const COVERAGE_MARGIN = 0.02;
/** With fewer incidents a theme is judged together with the others only. */
export const FEWEST_OF_A_THEME = 100;
const FEWEST_DAYS = 14;

/** Why not, one line each; empty where it may be promoted. */
export function objectionsTo({ days, themes, pooled }: Comparison): string[] {
  if (days < FEWEST_DAYS)
    return [`only ${days} days can be compared: ${FEWEST_DAYS} are needed, so train until an earlier date`];
  if (pooled.incidents < FEWEST_OF_A_THEME)
    return [`only ${pooled.incidents} incidents can be compared: ${FEWEST_OF_A_THEME} are needed`];
  if (!Number.isFinite(pooled.gain)) return ['an incident came where it thought none possible'];
  const objections = [];
  // All in all it must be sure not to be worse; of a single theme, which has fewer, that it is must not be sure.
  if (!(pooled.gainInterval[0] > -GAIN_MARGIN))
    objections.push(`it may gain less than the present: ${gainOf(pooled)}`);
  for (const theme of themes) {
    if (theme.incidents >= FEWEST_OF_A_THEME && !(theme.gainInterval[1] >= -GAIN_MARGIN))
      objections.push(`it gains less for ${theme.theme}: ${gainOf(theme)}`);
  }
  const { candidate, present } = pooled;
  if (!(levelError(candidate) <= levelError(present) + LEVEL_MARGIN))
    objections.push(
      `its level is farther off: ${candidate.observedOverExpected.toFixed(3)} observed per expected, the present ${present.observedOverExpected.toFixed(3)}`,
    );
  if (!(coverageError(candidate) <= coverageError(present) + COVERAGE_MARGIN))
    objections.push(
      `its intervals are farther off: ${percent(candidate.coverage80)} of counts in the middle 80 %, the present ${percent(present.coverage80)}`,
    );
  return objections;
}

function gainOf({ gain, gainInterval: [low, high] }: Pick<ThemeComparison, 'gain' | 'gainInterval'>): string {
  return `${gain.toFixed(4)} nats an incident (95 %: ${low.toFixed(4)} to ${high.toFixed(4)})`;
}

function levelError({ observedOverExpected }: Calibration): number {
  return Math.abs(Math.log(observedOverExpected));
}

function coverageError({ coverage80 }: Calibration): number {
  return Math.abs(coverage80 - 0.8);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
