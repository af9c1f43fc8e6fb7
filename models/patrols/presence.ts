/** How long a ping says that its unit was there: the same halves that minutes are made of, as a stretch of time. */
import { LONGEST_GAP_MS } from './dwell.ts';

export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** A ping, and those of the same unit just before and after it; null where there is none. */
export interface PingBetween {
  beforeMs: number | null;
  atMs: number;
  afterMs: number | null;
}

/** From half-way since the ping before to half-way to the one after, as far as those are near; may be no time at all. */
export function stretchAround({ beforeMs, atMs, afterMs }: PingBetween): Stretch {
  const isNear = (otherMs: number | null): otherMs is number =>
    otherMs !== null && Math.abs(otherMs - atMs) <= LONGEST_GAP_MS;
  return {
    fromMs: isNear(beforeMs) ? Math.floor((beforeMs + atMs) / 2) : atMs,
    toMs: isNear(afterMs) ? Math.floor((atMs + afterMs) / 2) : atMs,
  };
}
