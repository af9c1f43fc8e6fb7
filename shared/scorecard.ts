/** The scorecard's words: what became of issued forecasts. */

/** When a window is scored: as it closed, with what was known then, and once late reports have come in. */
export const SCORE_STAGES = ['closed', 'settled'] as const;
export type ScoreStage = (typeof SCORE_STAGES)[number];

/** So long after a window's end it has settled: what is reported later is left out for good. */
export const SETTLING_HOURS = 48;
