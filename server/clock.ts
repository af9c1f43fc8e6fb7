/** The only reader of the time of day: system time, or the feed clock of a recording being played. */
import { MINUTE_MS, parseInstant } from '../shared/time.ts';

export interface Clock {
  readonly kind: 'system' | 'feed';
  /** Epoch milliseconds; never goes back. */
  now(): number;
  /** Seconds of feed time in a real second; 0 while a recording stands. */
  readonly speed: number;
}

export interface ClockReading {
  /** Epoch milliseconds. */
  nowMs: number;
  speed: number;
}

export function readingOf(clock: Clock): ClockReading {
  return { nowMs: clock.now(), speed: clock.speed };
}

/** A monotonic count of real milliseconds, injected so that tests need not wait. */
export type Monotonic = () => number;

export function systemClock(): Clock {
  let latest = 0;
  return {
    kind: 'system',
    speed: 1,
    now: () => (latest = Math.max(latest, Date.now())),
  };
}

// A player that dies must not leave the clock running into a future that no feed has told of.
const LONGEST_EXTRAPOLATION_MS = 2_000;

/** Follows `clock.v1 {at, speed}`; between two messages it goes on at the speed last told, for two real seconds. */
export class FeedClock implements Clock {
  readonly kind = 'feed';
  #at: number;
  #latest: number;
  #heardAt: number;
  #speed = 0;
  readonly #monotonic: Monotonic;

  constructor(startMs: number, monotonic: Monotonic = () => performance.now()) {
    this.#at = startMs;
    this.#latest = startMs;
    this.#monotonic = monotonic;
    this.#heardAt = monotonic();
  }

  get speed(): number {
    return this.#speed;
  }

  /** Takes one `clock.v1` message; returns whether it was one. */
  hear(message: unknown): boolean {
    if (typeof message !== 'object' || message === null) return false;
    const { at, speed } = message as { at?: unknown; speed?: unknown };
    const atMs = typeof at === 'string' ? parseInstant(at) : undefined;
    if (atMs === undefined || typeof speed !== 'number' || !(speed >= 0) || !Number.isFinite(speed))
      return false;
    this.#at = atMs;
    this.#speed = speed;
    this.#heardAt = this.#monotonic();
    // A recording started again from its beginning takes the clock back; anything smaller is jitter.
    if (atMs < this.#latest - 60 * MINUTE_MS * Math.max(1, speed / 3600)) this.#latest = atMs;
    return true;
  }

  now(): number {
    const elapsed = Math.min(this.#monotonic() - this.#heardAt, LONGEST_EXTRAPOLATION_MS);
    this.#latest = Math.max(this.#latest, this.#at + elapsed * this.#speed);
    return this.#latest;
  }
}
