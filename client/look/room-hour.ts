/** Whether it is day in the room where the screen hangs. */
import type { Look } from './look.svelte.ts';

const DAY_FROM_HOUR = 7;
const DAY_TO_HOUR = 19;

/**
 * The hour, 0 to 23, by the clock of the machine that the screen hangs on. Not the feeds' time: a recording of a
 * week played in a minute would flash the wall from day to night seven times, and the room's lights stay as they are.
 */
export function roomHour(): number {
  return new Date().getHours();
}

export function lookAtHour(hour: number): Look {
  return hour >= DAY_FROM_HOUR && hour < DAY_TO_HOUR ? 'day' : 'night';
}
