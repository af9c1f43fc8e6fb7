/** How fast a replay may play, and how finely what happened is then told. */

/** Seconds of the past in a second. */
export const REPLAY_SPEEDS = [1, 10, 60, 300, 600] as const;
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number];

/**
 * Seconds of the past within which incidents come together, as one: a tenth of what passes in a second, so that
 * nothing is left out and no frame of the screen is late. None where each can be seen to come.
 */
export function mergeSecondsAt(speed: ReplaySpeed): number {
  return speed < 60 ? 0 : speed / 10;
}

/** The next one up or down; the last one where there is none. */
export function speedBeside(speed: ReplaySpeed, step: 1 | -1): ReplaySpeed {
  return REPLAY_SPEEDS[REPLAY_SPEEDS.indexOf(speed) + step] ?? speed;
}
