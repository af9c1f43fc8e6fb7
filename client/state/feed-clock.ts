/** The feed clock as the client knows it: the server's time, carried on between heartbeats. */

/** A step back smaller than this is the network's delay, not the clock's. */
const JITTER_MS = 1_000;
/** How long a fast clock is carried on unheard: beyond it, a lost connection would run years ahead. */
const UNHEARD_MS = 15_000;

/** What a picture goes by: the feed's time, or the moment that is looked back at. */
export interface PictureClock {
  /** Seconds of its time that pass in a real second. */
  readonly speed: number;
  /** Epoch milliseconds, or `undefined` where no time is known yet. */
  now(): number | undefined;
}

export class FeedClock implements PictureClock {
  readonly #now: () => number;
  #serverMs: number | undefined;
  #heardAt = 0;
  #speed = 1;

  /** @param now a monotonic clock in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds of feed time that pass in a real second. */
  get speed(): number {
    return this.#speed;
  }

  /** @param serverMs the feed's time in epoch milliseconds, as the server just said it */
  sync(serverMs: number, speed: number): void {
    const carried = this.#carried();
    const behind = carried === undefined ? 0 : carried - serverMs;
    if (speed === this.#speed && behind > 0 && behind < JITTER_MS * speed) {
      // Keep the least delayed reading, so that a wall clock never ticks backwards; still note that it was heard.
      this.#serverMs = carried;
    } else {
      this.#serverMs = serverMs;
    }
    this.#heardAt = this.#now();
    this.#speed = speed;
  }

  /** Epoch milliseconds of feed time, or `undefined` before the server first spoke. */
  now(): number | undefined {
    return this.#carried();
  }

  #carried(): number | undefined {
    if (this.#serverMs === undefined) return undefined;
    const unheard = this.#now() - this.#heardAt;
    return this.#serverMs + (this.#speed === 1 ? unheard : Math.min(unheard, UNHEARD_MS)) * this.#speed;
  }
}
