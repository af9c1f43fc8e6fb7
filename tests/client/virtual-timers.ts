/** Timers whose time passes only when a test says so. */
import type { Timers } from '../../client/timers.ts';

export class VirtualTimers implements Timers {
  #now = 0;
  #due: { at: number; act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { at: this.#now + delayMs, act };
    this.#due.push(timer);
    return () => {
      this.#due = this.#due.filter((other) => other !== timer);
    };
  }

  /** Lets time pass; what falls due acts in order, at its own moment. */
  pass(durationMs: number): void {
    const end = this.#now + durationMs;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = next.at;
      next.act();
    }
    this.#now = end;
  }

  get pending(): number {
    return this.#due.length;
  }
}
